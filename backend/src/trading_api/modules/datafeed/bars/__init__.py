"""Bars: where periods begin and end, building them from ticks, and choosing those that a request wants."""
