"""`python -m benchmarks.market_data.search`: how long one of a hundred thousand symbols is looked for.

Times are processor times, so that nothing else on the machine is measured. Beside it, what SQLite's
full-text index of trigrams takes for the same, its ranking included.
"""

import gc
import sqlite3
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence

from benchmarks.market_data.listings import Listed, Typed, instrument, listed, typed
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.providers.simulated.catalogue import CATALOGUE

SYMBOLS, SEARCHES, ROUNDS, HITS = 100_000, 10_000, 5, 30
SEARCHES_BESIDE = 200
LONGEST_MS, MOST_MB = 5.0, 30.0
FEWER = 10_000
"""So many symbols may cost MOST_MB with their instruments."""
RANKED = """
select rowid, case when lower(name) = :text then 0 when name like :text || '%' then 1
    when name like '%' || :text || '%' then 2 else 3 end as rank
from symbols where (name like '%' || :text || '%' or description like '%' || :text || '%')
    and :exchange in ('', exchange) and :type in ('', type)
order by rank, name limit :hits
"""
Search = Callable[[Typed], object]


def main() -> int:
    """Measure and show; 1 if a bar is missed."""
    symbols = listed(SYMBOLS)
    alike = CATALOGUE[0].instrument()
    directory = SymbolDirectory([instrument(one, alike) for one in symbols])
    median, slow = percentiles(lambda one: directory.search(one.text, one.exchange, one.type, HITS), symbols)
    memory = megabytes(symbols[:FEWER])
    print(
        f"{SYMBOLS} symbols, {SEARCHES} searches, medians of {ROUNDS}: p50 {median:.3f} ms, p99 {slow:.3f} ms"
    )
    print(f"{FEWER} symbols with their instruments and the index: {memory:.1f} MB")
    beside = percentiles(full_text(symbols), symbols, SEARCHES_BESIDE, rounds=1)
    print(
        f"SQLite FTS5 (trigram), {SEARCHES_BESIDE} searches: p50 {beside[0]:.1f} ms, p99 {beside[1]:.1f} ms"
    )
    return int(slow > LONGEST_MS or memory > MOST_MB)


def percentiles(
    search: Search, symbols: list[Listed], searches: int = SEARCHES, rounds: int = ROUNDS
) -> tuple[float, float]:
    """p50 and p99 in ms, each the median of the rounds."""
    measured = [_round(search, typed(symbols, searches, seed)) for seed in range(rounds)]
    return statistics.median(p50 for p50, _ in measured), statistics.median(p99 for _, p99 in measured)


def megabytes(symbols: Sequence[Listed]) -> float:
    """What their instruments and a directory of them keep in memory; hours and trading rules are shared."""
    alike = CATALOGUE[0].instrument()
    gc.collect()
    tracemalloc.start()
    kept = SymbolDirectory([instrument(one, alike) for one in symbols])
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept.instruments) == len(symbols)
    return size / 1e6


def full_text(symbols: Sequence[Listed]) -> Search:
    """The same search by SQLite."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "create virtual table symbols using fts5"
        "(name, description, exchange unindexed, type unindexed, tokenize='trigram')"
    )
    rows = [(one.name, one.description, one.exchange, one.type) for one in symbols]
    database.executemany("insert into symbols values (?, ?, ?, ?)", rows)

    def search(one: Typed) -> object:
        wanted = {"text": one.text.lower(), "exchange": one.exchange, "type": one.type, "hits": HITS}
        return database.execute(RANKED, wanted).fetchall()

    return search


def _round(search: Search, searches: Sequence[Typed]) -> tuple[float, float]:
    times = []
    for one in searches:
        started = time.process_time()
        search(one)
        times.append(time.process_time() - started)
    times.sort()
    return times[len(times) // 2] * 1e3, times[int(len(times) * 0.99)] * 1e3


if __name__ == "__main__":
    sys.exit(main())
