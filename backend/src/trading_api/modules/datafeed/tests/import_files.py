"""Files to import, and what comes of importing them."""

from collections.abc import Iterator
from pathlib import Path

from trading_api.modules.datafeed.bars.columns import BarColumns, join
from trading_api.modules.datafeed.importing.formats import FORMATS
from trading_api.modules.datafeed.importing.imported import (
    Imported,
    ImportedBars,
    ImportedTicks,
    ImportProblem,
)
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.store.tables import Side

HEADER = "time,open,high,low,close,volume\n"
NOTHING_TOLD = ImportOptions()


def imported(form: str, path: Path, options: ImportOptions = NOTHING_TOLD) -> list[Imported]:
    """Everything in one file."""
    return list(FORMATS[form].read(path, options))


def all_imported(form: str, path: Path) -> Iterator[Imported]:
    """Everything in the files at and below `path`."""
    for file in FORMATS[form].files(path):
        yield from FORMATS[form].read(file, NOTHING_TOLD)


def bars_of_file(
    form: str, path: Path, options: ImportOptions = NOTHING_TOLD, side: Side = Side.TRADE
) -> ImportedBars:
    """The bars of one side, in one part, whatever else the file holds."""
    parts = [
        part for part in imported(form, path, options) if isinstance(part, ImportedBars) and part.side is side
    ]
    assert len({(part.symbol, part.base) for part in parts}) == 1
    bars: BarColumns = join([part.bars for part in parts])
    return ImportedBars(parts[0].symbol, parts[0].base, bars, side, parts[0].note)


def ticks_of_file(form: str, path: Path) -> ImportedTicks:
    """The ticks of a file of one symbol."""
    (ticks,) = [part for part in imported(form, path) if isinstance(part, ImportedTicks)]
    return ticks


def problem_of(form: str, path: Path, options: ImportOptions = NOTHING_TOLD) -> str:
    """What is wrong with a file, without its folder; nothing of the file may have come before."""
    found: list[Imported] = []
    try:
        found.extend(FORMATS[form].read(path, options))
    except ImportProblem as problem:
        text = str(problem)
        assert text.startswith(str(path))
        assert text.endswith(".")
        assert "\n" not in text
        return text.removeprefix(f"{path.parent}/")
    raise AssertionError(f"{path.name} was imported: {found}")


def write(path: Path, content: str | bytes) -> Path:
    """The file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
