"""Tests of the datafeed."""
