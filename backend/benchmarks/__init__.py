"""Measurements of the server; `make bench` runs them all."""
