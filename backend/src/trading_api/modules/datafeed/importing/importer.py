"""The port of a reader of files of one format."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from trading_api.modules.datafeed.importing.imported import Imported
from trading_api.modules.datafeed.importing.options import ImportOptions


class Importer(Protocol):
    """Reads files of other makers; it holds nothing between two files and at most one in memory."""

    def files(self, path: Path) -> list[Path]:
        """The files of this format that are at or below `path`, in the order in which they are read; `path`
        itself if it is a file. Raises ImportProblem where there are none."""

    def read(self, path: Path, options: ImportOptions) -> Iterator[Imported]:
        """Everything in one file; raises ImportProblem, at any moment, for a file that is not as it should
        be, and then nothing of that file counts."""
