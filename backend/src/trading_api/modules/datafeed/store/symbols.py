"""What is known of a stored symbol, and its `instrument.json`."""

import re
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from sys import intern
from typing import Any

import orjson

from trading_api.modules.datafeed.store.errors import NameProblem, StoreProblem
from trading_api.modules.datafeed.store.tables import Places

INSTRUMENT_FILE = "instrument.json"
MOST_PLACES = 12
"""Decimals of a price or a size; with them a column still holds six digits before the point."""
_KINDS = {"price_places": int, "size_places": int, "has_trades": bool, "has_volume": bool}
_SHARED = {"exchange", "type", "calendar", "session", "timezone", "currency"}
"""What thousands of symbols have in common is kept once."""
_NAME = re.compile(r"[A-Z0-9_][A-Z0-9._-]{0,63}")


def stored_name(text: str) -> str:
    """`text` as the name of a folder: capitals, with `-` for the slash of a pair; raises NameProblem."""
    name = text.strip().upper().replace("/", "-")
    if not _NAME.fullmatch(name) or ".." in name or ".." in text or name.endswith("."):
        raise NameProblem(f"'{text[:70]}' cannot be a name: it needs letters, digits, '.', '_' or '-'")
    return name


@dataclass(frozen=True, slots=True)
class StoredSymbol:
    """A symbol as it is stored; `exchange` and `ticker` are names as `stored_name` makes them.

    Prices are stored with `price_places` decimals and sizes with `size_places`. Its hours are those of
    `calendar` (`XNYS`, `24x7`), or `session` with `timezone` where there is none. Without trades its bars
    are of bids.
    """

    exchange: str
    ticker: str
    price_places: int
    size_places: int
    name: str = ""
    description: str = ""
    type: str = "stock"
    calendar: str | None = None
    session: str = "24x7"
    timezone: str = "Etc/UTC"
    currency: str = "USD"
    tick_size: Decimal | None = None
    """None: the last decimal of its prices."""
    has_trades: bool = True
    has_volume: bool = True
    source: str = ""
    """Who made the data."""

    def __post_init__(self) -> None:
        for text in (self.exchange, self.ticker):
            if stored_name(text) != text:
                raise NameProblem(f"'{text}' is not written as it is stored, '{stored_name(text)}'")
        for places in (self.price_places, self.size_places):
            if not 0 <= places <= MOST_PLACES:
                raise ValueError(f"{self.key} cannot have {places} decimals, only up to {MOST_PLACES}")

    @property
    def key(self) -> str:
        """EXCHANGE:TICKER."""
        return f"{self.exchange}:{self.ticker}"

    @property
    def places(self) -> Places:
        """The units in which its rows are told."""
        return Places(self.price_places, self.size_places)

    @property
    def tick(self) -> Decimal:
        """Step of its prices."""
        return self.tick_size if self.tick_size is not None else Decimal(1).scaleb(-self.price_places)

    def with_places_of(self, other: "StoredSymbol") -> "StoredSymbol":
        """The same symbol with the decimals of whichever has more."""
        price = max(self.price_places, other.price_places)
        size = max(self.size_places, other.size_places)
        if (price, size) == (self.price_places, self.size_places):
            return self
        return replace(self, price_places=price, size_places=size)


def dump_symbol(symbol: StoredSymbol) -> bytes:
    """The content of its `instrument.json`."""
    given = {name: value for name, value in asdict(symbol).items() if value not in {None, ""}}
    return orjson.dumps(given, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_symbol(folder: Path) -> StoredSymbol:
    """The symbol that is stored in `folder`; raises StoreProblem."""
    path = folder / INSTRUMENT_FILE
    try:
        return _symbol(orjson.loads(path.read_bytes()), folder)
    except FileNotFoundError as error:
        raise StoreProblem(folder, f"has no {INSTRUMENT_FILE}") from error
    except OSError as error:
        raise StoreProblem(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, InvalidOperation) as error:
        raise StoreProblem(path, f"does not describe an instrument ({error})") from error


def _symbol(content: Any, folder: Path) -> StoredSymbol:
    if not isinstance(content, dict):
        raise ValueError("it is no object")
    unknown = sorted(set(content) - {field.name for field in fields(StoredSymbol)})
    if unknown:
        raise ValueError(f"{unknown[0]} means nothing")
    for name, value in content.items():
        if type(value) is not _KINDS.get(name, str):
            raise ValueError(f"{name} cannot be {value!r}")
    tick = content.get("tick_size")
    shared = {name: intern(content[name]) for name in _SHARED & content.keys()}
    found = StoredSymbol(**{**content, **shared, "tick_size": None if tick is None else _positive(str(tick))})
    if (found.exchange, found.ticker) != (folder.parent.name, folder.name):
        raise ValueError(f"it is that of {found.key}")
    return found


def _positive(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or number <= 0:
        raise ValueError(f"tick_size cannot be {text}")
    return number
