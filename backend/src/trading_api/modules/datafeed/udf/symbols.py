"""Symbols as the protocol tells them: one by one, or those of an exchange as a table."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from trading_api.models.market.symbols import SearchResult, SymbolInfo
from trading_api.models.market.udf import UdfSearchResult, UdfSymbol

_OTHER_SPELLINGS = {
    "exchange": "exchange-traded",
    "listed_exchange": "exchange-listed",
    "minmov": "minmovement",
    "minmove2": "minmovement2",
    "session": "session-regular",
}
_HYPHENATED = (
    "session_holidays",
    "has_intraday",
    "has_seconds",
    "has_daily",
    "has_weekly_and_monthly",
    "has_empty_bars",
    "supported_resolutions",
    "intraday_multipliers",
    "visible_plots_set",
    "volume_precision",
    "currency_code",
)
_ONLY_HYPHENATED = frozenset(_HYPHENATED)
_UNITS = {"intraday": "", "seconds": "S", "daily": "D", "weekly": "W", "monthly": "M"}
_ABSENT = {"session_holidays": "", "corrections": ""}
"""What a table holds where a symbol has no value but others have."""


def symbol_answer(info: SymbolInfo) -> dict[str, Any]:
    """`info` in every spelling that a client may read."""
    plain = _symbol(info).to_wire()
    return (
        plain | _respelled(plain) | {_hyphenated(name): plain[name] for name in _HYPHENATED if name in plain}
    )


def symbol_table(infos: Sequence[SymbolInfo]) -> dict[str, list[Any]]:
    """Columns of equal length, named as the group mode of the clients reads them."""
    rows = [_symbol(info).to_wire() for info in infos]
    names = dict.fromkeys(name for row in rows for name in row)
    table: dict[str, list[Any]] = {"symbol": [row["name"] for row in rows]}
    for name in names:
        column = [row.get(name, _ABSENT.get(name)) for row in rows]
        table |= _respelled({name: column})
        table[_hyphenated(name) if name in _ONLY_HYPHENATED else name] = column
    return table


def search_answer(found: Iterable[SearchResult]) -> list[UdfSearchResult]:
    """Hits with the full name that older clients show."""
    return [UdfSearchResult(**vars(hit), full_name=f"{hit.exchange}:{hit.symbol}") for hit in found]


def _symbol(info: SymbolInfo) -> UdfSymbol:
    named = {name: getattr(info, name) for name in UdfSymbol.model_fields if hasattr(info, name)}
    named |= {f"{kind}_multipliers": _counts(info, unit) for kind, unit in _UNITS.items()}
    return UdfSymbol(
        **named
        | {
            "full_name": f"{info.exchange}:{info.name}",
            "minmove2": info.minmove2 or 0,
            "fractional": info.fractional or False,
            "has_empty_bars": False,
        }
    )


def _counts(info: SymbolInfo, unit: str) -> list[str]:
    """How many of `unit` the bars that it has may be long, as numbers without the unit."""
    written = (re.fullmatch(rf"(\d+){unit}", resolution) for resolution in info.supported_resolutions)
    return [match[1] for match in written if match is not None]


def _respelled(named: dict[str, Any]) -> dict[str, Any]:
    return {other: named[name] for name, other in _OTHER_SPELLINGS.items() if name in named}


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")
