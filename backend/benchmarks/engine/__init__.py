"""The trading engine measured: alone, and beside the simulated exchange of nautilus_trader."""
