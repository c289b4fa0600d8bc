"""The store between processes: one that is killed while it writes, and readers beside a writer."""

import multiprocessing
import os
import signal
import sys
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE
from trading_api.modules.datafeed.store.commit import Batch
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.files import write_turn
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.tests.stored_cases import SPY, bars_at, bars_of, everything, rows_of

MONTH_MS = 31 * 86_400_000
QQQ = StoredSymbol("NASDAQ", "QQQ", price_places=2, size_places=0)
SPAWN = multiprocessing.get_context("spawn")
ROUNDS = 8
DECIDING_STEP = 6
"""The five new files have been renamed; then the list of what is to be replaced is."""


def batch_of(store: BarStore) -> Batch:
    """Changes of two symbols."""
    batch = store.batch()
    batch.bars(SPY, MINUTE, bars_at([MONTH_MS, 2 * MONTH_MS], 200))
    batch.bars(SPY, DAY, bars_at([MONTH_MS], 200))
    batch.bars(QQQ, MINUTE, bars_at([MONTH_MS, 2 * MONTH_MS], 200))
    return batch


def write_until_killed(root: Path, calls_left: int) -> None:
    """Write that batch; the process kills itself instead of making one of its changes of names."""

    def counted(event: str, _: Any) -> None:
        nonlocal calls_left
        if event in {"os.rename", "os.remove"}:
            calls_left -= 1
            if calls_left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(counted)
    batch_of(BarStore(root)).commit()


def contents(store: BarStore) -> list[Any]:
    """Everything that the batch changes."""
    return [rows_of(everything(store, symbol, base)) for symbol in (SPY, QQQ) for base in (MINUTE, DAY)]


@pytest.mark.parametrize("step", [1, 5, 6, 7, 8, 9, 10, 11])
def test_a_killed_writer_leaves_all_or_nothing(tmp_path: Path, step: int) -> None:
    store = BarStore(tmp_path / "store")
    store.write(SPY, MINUTE, bars_at([MONTH_MS, MONTH_MS + 60_000], 100))
    before = contents(store)
    writer = SPAWN.Process(target=write_until_killed, args=(store.root, step))
    writer.start()
    writer.join(60)
    assert writer.exitcode == -signal.SIGKILL
    store.listing()
    interrupted = contents(store)
    batch_of(store).commit()
    after = contents(store)
    assert after[0] == [(MONTH_MS, 200), (MONTH_MS + 60_000, 100), (2 * MONTH_MS, 200)]
    assert interrupted == (before if step <= DECIDING_STEP else after)
    for symbol, series in ((SPY, "1"), (SPY, "1D"), (QQQ, "1")):
        folder = store.folder(symbol.exchange, symbol.ticker) / series
        listed = {part.file for part in store.index(symbol.exchange, symbol.ticker).parts(series)}
        assert {path.name for path in folder.iterdir()} == listed
    assert not list(store.root.rglob("*.draft"))
    store.close()


def write_again_and_again(root: Path, begin: Event) -> None:
    """All rows get one price after the other."""
    store = BarStore(root)
    begin.wait()
    for price in range(1, ROUNDS + 1):
        store.write(SPY, MINUTE, bars_at(range(0, 12 * MONTH_MS, 6 * 3_600_000), price))


def test_a_reader_sees_whole_commits_while_another_process_writes(tmp_path: Path) -> None:
    store = BarStore(tmp_path / "store")
    begin = SPAWN.Event()
    writer = SPAWN.Process(target=write_again_and_again, args=(store.root, begin))
    writer.start()
    begin.set()
    seen: set[int] = set()
    while writer.is_alive() or not seen:
        closes = set(everything(store, SPY, MINUTE).close.tolist())
        assert len(closes) <= 1
        seen |= closes
    writer.join()
    assert writer.exitcode == 0
    assert max(seen) <= ROUNDS
    assert set(everything(store, SPY, MINUTE).close.tolist()) == {ROUNDS}
    store.close()


def test_two_writers_take_turns(tmp_path: Path) -> None:
    root = tmp_path / "store"
    with write_turn(root), pytest.raises(StoreProblem, match="somebody else"), write_turn(root, 0):
        raise AssertionError("the turn was taken")
    store = BarStore(root)
    store.write(SPY, MINUTE, bars_of({0: 1}))
    assert rows_of(everything(store, SPY, MINUTE)) == [(0, 1)]
    store.close()
