"""Our engine and nautilus_trader's exchange given the same orders: who differs, and by which rule."""
