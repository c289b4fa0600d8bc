"""What an importer finds in a file, and the one error it raises."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import QuoteColumns, Side, TradeColumns


class ImportProblem(Exception):
    """A file, or one line of it, is not what it should be; the text is one sentence that names both."""

    def __init__(self, path: Path, line: int | None, what: str) -> None:
        place = f"{path}" if line is None else f"{path}, line {line}"
        shown = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in f"{place}: {what}.")
        super().__init__(shown)
        self.path = path
        self.line = line
        self.what = what


@dataclass(frozen=True, slots=True)
class ImportedBars:
    """Bars of `base`, in the units of `symbol`; `side` says of which prices."""

    symbol: StoredSymbol
    base: Resolution
    bars: BarColumns
    side: Side = Side.TRADE
    note: str = ""
    """What was guessed, such as columns and zone; shown to who imports."""


@dataclass(frozen=True, slots=True)
class ImportedTicks:
    """Trades and quotes of one stretch of time, in the units of `symbol`."""

    symbol: StoredSymbol
    trades: TradeColumns | None = None
    quotes: QuoteColumns | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedActions:
    """All corporate actions of `symbol` that are known."""

    symbol: StoredSymbol
    actions: tuple[CorporateAction, ...]
    note: str = ""


Imported: TypeAlias = ImportedBars | ImportedTicks | ImportedActions
"""One part of a file; an importer yields as many as there are."""
