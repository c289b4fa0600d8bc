"""The files that market data is recorded and published in: rows and messages, read exactly."""
