"""Which files of a symbol count, and what is in them: `index.json`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.tables import Places

INDEX_FILE = "index.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a series: the `period` it is for, and the times (ms UTC) of its first and last row.

    Its columns have decimals as `places` says; `largest` is the largest number of units in any of them.
    `newest` is its last row without the time, in the order of the table's columns, so that the newest prices
    are known without opening a file.
    """

    period: str
    file: str
    first: int
    last: int
    rows: int
    places: Places
    largest: int
    newest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The parts of each series, ascending and without overlap, and the digests of what was imported.

    `days_of` tells from what the built days were made; see `built_days`.
    """

    series: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    days_of: str | None = None

    def parts(self, series: str) -> tuple[Part, ...]:
        """The files of a series, by time."""
        return self.series.get(series, ())

    def first(self, series: str) -> int | None:
        """Time of its oldest row."""
        parts = self.parts(series)
        return parts[0].first if parts else None

    def last(self, series: str) -> int | None:
        """Time of its newest row."""
        parts = self.parts(series)
        return parts[-1].last if parts else None

    def newest(self, series: str) -> Part | None:
        """Its last file."""
        parts = self.parts(series)
        return parts[-1] if parts else None

    def rows(self, series: str) -> int:
        """How many it has."""
        return sum(part.rows for part in self.parts(series))

    def with_parts(self, series: str, parts: tuple[Part, ...]) -> "Index":
        """The same with other files for a series."""
        return replace(self, series={**self.series, series: parts})

    def with_source(self, digest: str) -> "Index":
        """The same, having taken in what has this digest."""
        return replace(self, sources=self.sources | {digest})


def dump_index(index: Index) -> bytes:
    """The content of `index.json`."""
    return orjson.dumps(
        {
            "version": _VERSION,
            "series": index.series,
            "sources": sorted(index.sources),
            "days_of": index.days_of,
        }
    )


def read_index(folder: Path) -> Index:
    """That of a symbol's folder, empty where there is none yet; raises StoreProblem."""
    path = folder / INDEX_FILE
    try:
        return _index(orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return Index()
    except OSError as error:
        raise StoreProblem(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreProblem(path, f"is no index of stored files ({error})") from error


def _index(content: Any) -> Index:
    if content["version"] != _VERSION:
        raise ValueError(f"version {content['version']} is not known")
    series = {name: tuple(_part(part) for part in parts) for name, parts in content["series"].items()}
    return Index(series, frozenset(content["sources"]), content["days_of"])


@cache
def _places(price: int, size: int) -> Places:
    """One object for all files of the same decimals."""
    return Places(price, size)


def _part(content: Any) -> Part:
    given = {"places": _places(**content["places"]), "newest": tuple(content["newest"])}
    part = Part(**{**content, **given})
    if "/" in part.file or not part.file.endswith(".parquet"):
        raise ValueError(f"'{part.file}' is no file of a series")
    return part
