"""Finding instruments by name."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from trading_api.models.common import FieldProblem
from trading_api.models.market.symbols import NamedValue
from trading_api.modules.datafeed.errors import SymbolUnknown
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.symbol_search import SymbolSearch
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
    """All instruments of a provider, by ticker, name and EXCHANGE:NAME, in any case.

    A ticker outranks a name; of several instruments of one name the first one listed is meant.
    """

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self._instruments = tuple(instruments)
        self._search = SymbolSearch(self._instruments)
        self._by_ticker: dict[str, Instrument] = {}
        self._by_name: dict[str, tuple[Instrument, ...]] = {}
        for found in self._instruments:
            self._by_ticker.setdefault(found.ticker.casefold(), found)
        for found in self._instruments:
            name = found.info.name.casefold()
            if self._by_ticker.get(name) is not found:
                self._by_name[name] = (*self._by_name.get(name, ()), found)

    @property
    def instruments(self) -> Sequence[Instrument]:
        """All of them."""
        return self._instruments

    def find(self, symbol: str) -> Instrument | None:
        """The instrument that `symbol` names, or None."""
        key = symbol.strip().casefold()
        exchange, colon, rest = key.partition(":")
        within = [found for found in self._named(rest) if exchange in _exchanges(found)] if colon else []
        return next(iter([*self._named(key), *within]), None)

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

        Empty filters let everything pass; an empty text matches everything, in order of the names. A text
        such as `NYSE:IB` asks for `IB` on that exchange.
        """
        wanted, market = text.strip().casefold(), exchange.casefold()
        before, colon, rest = wanted.partition(":")
        if colon and market in {"", before} and self._search.lists(before):
            wanted, market = rest.strip(), before
        named = self.find(wanted) if wanted else None
        best = [named] if named is not None and _passes(named, market, symbol_type) else []
        others = (found for found in self._search.hits(wanted, market, symbol_type) if found is not named)
        return list(islice(chain(best, others), limit))

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

    def _named(self, key: str) -> Iterator[Instrument]:
        if key in self._by_ticker:
            yield self._by_ticker[key]
        yield from self._by_name.get(key, ())


def _exchanges(instrument: Instrument) -> tuple[str, str]:
    return instrument.info.exchange.casefold(), instrument.info.listed_exchange.casefold()


def _passes(instrument: Instrument, exchange: str, symbol_type: str) -> bool:
    info = instrument.info
    return exchange in {"", info.exchange.casefold()} and symbol_type in {"", info.type}
