"""What every provider of market data must keep to, as tests: `pytest --provider NAME`."""
