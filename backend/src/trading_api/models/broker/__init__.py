"""Orders, executions, positions and accounts."""
