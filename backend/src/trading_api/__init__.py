"""Trading Pro: modules that compose into one trading server."""
