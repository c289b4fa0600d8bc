"""How soon a server is ready again that has a million events behind it."""
