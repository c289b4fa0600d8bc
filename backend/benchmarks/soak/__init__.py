"""Random walks through the trading rules, for hours if need be."""
