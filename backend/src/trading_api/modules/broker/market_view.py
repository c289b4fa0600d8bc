"""What the broker knows of the market: instruments and last quotes."""

from collections.abc import Iterable

from trading_api.clients.datafeed_client import DatafeedClient, DatafeedErrorCode
from trading_api.clients.errors import ClientError
from trading_api.models.common import FieldProblem
from trading_api.models.market.quotes import QuoteData
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine import Instrument, Market
from trading_api.modules.broker.errors import MarketDataUnavailable, SymbolUnknown
from trading_api.shared.clock import Clock
from trading_api.shared.errors import echo

QUOTES_A_REQUEST = 100
"""The datafeed answers no more at once."""


class MarketView:
    """Remembers the last quote of every symbol on the bus; asks the datafeed for what it has not seen."""

    def __init__(self, datafeed: DatafeedClient, clock: Clock) -> None:
        self._datafeed = datafeed
        self._clock = clock
        self._quotes: dict[str, Quote] = {}
        self._instruments: dict[str, Instrument] = {}

    def now(self) -> Market:
        """The market at this moment."""
        return Market(self._clock.now_ms(), self._quotes)

    def remember(self, quote: Quote) -> None:
        """Take note of the newest quote of a symbol."""
        self._quotes[quote.symbol] = quote

    async def instrument(self, symbol: str) -> Instrument:
        """Terms of `symbol`, which may be a name, a ticker or `EXCHANGE:NAME`.

        Raises SymbolUnknown, or MarketDataUnavailable when the datafeed does not answer.
        """
        known = self._instruments.get(symbol)
        if known is not None:
            return known
        try:
            info = await self._datafeed.resolve(symbol=symbol)
        except ClientError as error:
            if error.code != DatafeedErrorCode.SYMBOL_UNKNOWN:
                raise MarketDataUnavailable(
                    f"The terms of {symbol} are not available: {error.detail}"
                ) from error
            problem = FieldProblem(
                field="symbol", message="no such symbol", code=SymbolUnknown.code, value=echo(symbol)
            )
            raise SymbolUnknown(f"The symbol {symbol} is unknown.", [problem]) from error
        instrument = Instrument.from_symbol(info)
        return self._instruments.setdefault(info.ticker, instrument)

    async def ensure_quotes(self, symbols: Iterable[str]) -> None:
        """Ask the datafeed for the quotes that the bus has not brought yet.

        A symbol without a bid and an ask stays unknown. Raises MarketDataUnavailable.
        """
        missing = sorted(symbol for symbol in symbols if symbol not in self._quotes)
        if not missing:
            return
        for start in range(0, len(missing), QUOTES_A_REQUEST):
            await self._ask_quotes(missing[start : start + QUOTES_A_REQUEST])

    async def _ask_quotes(self, symbols: list[str]) -> None:
        try:
            answers = await self._datafeed.quotes(symbols=symbols)
        except ClientError as error:
            names = ", ".join(symbols)
            raise MarketDataUnavailable(f"No quote of {names} is available: {error.detail}") from error
        for answer in answers:
            quote = _quote_of(answer)
            if quote is not None:
                self._quotes.setdefault(quote.symbol, quote)


def _quote_of(data: QuoteData) -> Quote | None:
    values = data.v
    if data.s != "ok" or values.bid is None or values.ask is None or values.time is None:
        return None
    return Quote(data.n, values.time, values.bid, values.ask, values.bid_size, values.ask_size)
