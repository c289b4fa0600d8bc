"""Tests of the broker module."""
