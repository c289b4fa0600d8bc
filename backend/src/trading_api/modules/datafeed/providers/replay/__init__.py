"""Recorded markets, played in the order in which they happened, on one clock for all symbols."""
