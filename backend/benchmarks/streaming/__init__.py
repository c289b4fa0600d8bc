"""Streams of the server beside those of others: one server on one core, one load on another."""
