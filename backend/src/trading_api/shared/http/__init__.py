"""What surrounds every request: its id, its limits, and the shape of its errors."""
