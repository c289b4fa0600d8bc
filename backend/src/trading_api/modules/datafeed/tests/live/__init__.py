"""Tests of the live market against a local exchange."""
