"""`python -m benchmarks.market_data`: every bench of market data; exit code 1 if a bar is missed."""

import sys

from benchmarks.market_data import bars, memory, replay, search, ticks, udf_history

BENCHES = (bars, search, udf_history, ticks, replay, memory)

if __name__ == "__main__":
    sys.exit(max(bench.main() for bench in BENCHES))
