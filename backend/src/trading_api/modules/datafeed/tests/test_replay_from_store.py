"""The bars store plays as the files do that were imported into it."""

from pathlib import Path

import numpy as np
import pytest

from trading_api.modules.datafeed.importing.imported import ImportedBars, ImportedTicks
from trading_api.modules.datafeed.importing.lean_files import LeanImporter
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.providers.replay.recordings import read_recordings, read_store
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.tests.small_market import write_small_market
from trading_api.shared.errors import StartupError


def stored(folder: Path, root: Path) -> BarStore:
    """A store with everything in a folder of Lean's."""
    store, reader, batch = BarStore(root), LeanImporter(), None
    for path in reader.files(folder):
        batch = store.batch()
        for part in reader.read(path, ImportOptions()):
            if isinstance(part, ImportedBars):
                batch.bars(part.symbol, part.base, part.bars, part.side)
            elif isinstance(part, ImportedTicks):
                batch.ticks(part.symbol, part.trades, part.quotes)
        batch.commit()
    return store


def test_the_store_plays_what_the_files_play(tmp_path: Path) -> None:
    root = write_small_market(tmp_path)
    (from_files,) = read_recordings(root)
    (from_store,) = read_store(stored(root / "lean", tmp_path / "store"))
    assert len(from_files.times) > 30
    every = np.arange(len(from_files.times), dtype=np.int32)
    assert from_store.ticks(every) == from_files.ticks(every)
    assert from_store.instrument.info == from_files.instrument.info


def test_an_empty_store_cannot_be_played(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="holds no recordings that can be played"):
        read_store(BarStore(tmp_path))
