"""Live markets through ccxt: any exchange that it streams, with the past from the exchange and the store."""
