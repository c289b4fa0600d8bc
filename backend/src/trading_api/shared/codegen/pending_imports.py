"""Importing generated sources as they will be: stale ones on disk must not stop the generation."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

PendingSource = tuple[Path, str]
"""Where a source will be, and its text."""


@contextmanager
def pending_imports(source: Callable[[str], PendingSource | None]) -> Iterator[None]:
    """For as long as this lasts, a module for which `source` has something is imported from that.

    `source` is asked by the module's full name; with None the file on disk is imported.
    """
    finder = _Finder(source)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    def __init__(self, source: Callable[[str], PendingSource | None]) -> None:
        self._source = source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = self._source(fullname)
        return spec_from_file_location(fullname, found[0], loader=_Loader(*found)) if found else None


class _Loader(SourceLoader):
    """Keeps no bytecode, because the file on disk may have another text."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    def get_filename(self, fullname: str) -> str:
        return str(self._path)

    def get_data(self, path: bytes | str) -> bytes:
        return self._text.encode()
