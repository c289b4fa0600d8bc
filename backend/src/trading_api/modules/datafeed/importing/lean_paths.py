"""What the place of a file in a Lean folder says of it: `equity/usa/minute/spy/20131008_trade.zip`."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from trading_api.modules.datafeed.formats.lean import file_day
from trading_api.modules.datafeed.importing.imported import ImportProblem


class Content(StrEnum):
    """What a file holds."""

    TRADES = "trade"
    QUOTES = "quote"
    FACTORS = "factor_files"
    MAPS = "map_files"


@dataclass(frozen=True, slots=True)
class LeanFile:
    """A file's security type, market, resolution and symbol, all in small letters, and its day, if of one."""

    path: Path
    family: str
    market: str
    resolution: str
    symbol: str
    content: Content
    day: date | None

    @property
    def market_folder(self) -> Path:
        """The folder with the resolutions of its market."""
        return self.path.parents[1 if self.day is None else 2]


FAMILIES = ("equity", "crypto", "cryptofuture", "forex", "future")
_DAILY = re.compile(r"(?P<symbol>.+?)(?:_(?P<content>trade|quote))?\.zip")
_OF_A_DAY = re.compile(r"(?P<day>\d{8})_(?P<content>trade|quote)\.zip")
_WITHIN_DAYS = ("minute", "second", "tick")


def lean_file(path: Path) -> LeanFile | None:
    """What `path` holds; None for a file that is none of Lean's, or one of hours, which minutes replace.

    Raises ImportProblem for one whose name should be that of a day and is not.
    """
    parts = [part.lower() for part in path.resolve().parts]
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] in FAMILIES and len(parts) - index in {4, 5}:
            return _placed(path, parts[index:])
    return None


def _placed(path: Path, parts: list[str]) -> LeanFile | None:
    family, market, kind, *rest = parts
    if kind in {Content.FACTORS, Content.MAPS} and len(rest) == 1 and rest[0].endswith(".csv"):
        return LeanFile(path, family, market, kind, rest[0].removesuffix(".csv"), Content(kind), None)
    if kind == "daily" and len(rest) == 1 and (named := _DAILY.fullmatch(rest[0])):
        content = Content(named["content"] or (Content.QUOTES if family == "forex" else Content.TRADES))
        return LeanFile(path, family, market, kind, named["symbol"], content, None)
    if kind in _WITHIN_DAYS and len(rest) == 2 and (named := _OF_A_DAY.fullmatch(rest[1])):
        return LeanFile(
            path, family, market, kind, rest[0], Content(named["content"]), _day(path, named["day"])
        )
    return None


def _day(path: Path, digits: str) -> date:
    try:
        return file_day(digits)
    except ValueError as error:
        raise ImportProblem(path, None, f"is named by '{digits}', which is no day") from error
