"""Server processes under test; those of the peers run in the environment of `peers`."""
