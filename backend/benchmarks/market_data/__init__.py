"""Market data measured: the search of symbols, and bars on their way out."""
