"""The modules: each an independent application, found by its name."""
