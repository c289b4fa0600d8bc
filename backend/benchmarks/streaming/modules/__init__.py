"""Modules of the server under test; none of them is ever installed."""
