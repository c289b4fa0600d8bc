"""The simulated market: exchange SIM, always open, the same prices on every start for the same seed."""
