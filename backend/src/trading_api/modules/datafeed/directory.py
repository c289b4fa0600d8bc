"""Finding instruments by name."""

from collections.abc import Iterable, Sequence

from trading_api.models.common import FieldProblem
from trading_api.models.market.symbols import NamedValue
from trading_api.modules.datafeed.errors import SymbolUnknown
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.shared.errors import echo

_TYPE_NAMES = {
    "stock": "Stocks",
    "fund": "Funds",
    "index": "Indices",
    "forex": "Forex",
    "futures": "Futures",
    "crypto": "Crypto",
    "bond": "Bonds",
}


class SymbolDirectory:
    """All instruments of a provider, by name, ticker and EXCHANGE:NAME, in any case."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self._instruments = tuple(instruments)
        self._by_key = {key: found for found in instruments for key in _keys(found)}

    @property
    def instruments(self) -> Sequence[Instrument]:
        """All of them."""
        return self._instruments

    def find(self, symbol: str) -> Instrument | None:
        """The instrument that `symbol` names, or None."""
        return self._by_key.get(symbol.strip().casefold())

    def get(self, symbol: str, field: str = "symbol") -> Instrument:
        """The instrument that `symbol` names; raises SymbolUnknown, which names `field`."""
        found = self.find(symbol)
        if found is None:
            problem = FieldProblem(
                field=field, message="no such symbol", code=SymbolUnknown.code, value=echo(symbol)
            )
            raise SymbolUnknown(f"There is no symbol '{echo(symbol)}'.", [problem])
        return found

    def search(self, text: str, exchange: str, symbol_type: str, limit: int) -> list[Instrument]:
        """Matches, best first: name equal, name beginning with, name containing, description containing.

        Empty filters let everything pass; an empty text matches everything, in order of the names.
        """
        wanted = text.strip().casefold()
        ranked = []
        for found in self._instruments:
            rank = _rank(found, wanted)
            if rank is not None and _passes(found, exchange, symbol_type):
                ranked.append((rank, found.info.name, found))
        ranked.sort(key=lambda hit: hit[:2])
        return [found for _, _, found in ranked[:limit]]

    def exchanges(self) -> list[NamedValue]:
        """The choices of the exchange filter."""
        names = sorted({found.info.exchange for found in self._instruments})
        choices = [NamedValue(name=name, value=name, desc=name) for name in names]
        return [NamedValue(name="All exchanges", value="", desc=""), *choices]

    def types(self) -> list[NamedValue]:
        """The choices of the symbol type filter."""
        present = {found.info.type for found in self._instruments}
        choices = [
            NamedValue(name=name, value=value) for value, name in _TYPE_NAMES.items() if value in present
        ]
        return [NamedValue(name="All types", value=""), *choices]


def _keys(instrument: Instrument) -> Iterable[str]:
    info = instrument.info
    return (
        info.name.casefold(),
        info.ticker.casefold(),
        f"{info.exchange}:{info.name}".casefold(),
        f"{info.exchange}:{info.ticker}".casefold(),
    )


def _rank(instrument: Instrument, wanted: str) -> int | None:
    if wanted in _keys(instrument):
        return 0
    name = instrument.info.name.casefold()
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2
    return 3 if wanted in instrument.info.description.casefold() else None


def _passes(instrument: Instrument, exchange: str, symbol_type: str) -> bool:
    info = instrument.info
    return exchange.casefold() in {"", info.exchange.casefold()} and symbol_type in {"", info.type}
