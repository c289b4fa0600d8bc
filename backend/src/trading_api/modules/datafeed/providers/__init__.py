"""Where market data comes from; all providers look alike to the service."""
