"""Events between modules, in one process or over many."""
