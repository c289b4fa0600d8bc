"""The local exchange and a live market that follows it. Without ccxt there is nothing to test."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("ccxt") else ["test_*.py"]
