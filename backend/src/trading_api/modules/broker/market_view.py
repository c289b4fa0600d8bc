"""What the broker knows of the market: its time, instruments, last quotes and last trades."""

import asyncio
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping

from trading_api.clients.datafeed_client import DatafeedClient, DatafeedErrorCode
from trading_api.clients.errors import ClientError
from trading_api.models.common import FieldProblem
from trading_api.models.market.quotes import QuoteData
from trading_api.models.market.status import FeedStatus
from trading_api.models.market.ticks import Depth, Quote, Trade
from trading_api.modules.broker.engine import Instrument, Instruments, Market
from trading_api.modules.broker.engine.conversion import pairs_of, rate_of
from trading_api.modules.broker.engine.market import Silence
from trading_api.modules.broker.errors import MarketDataUnavailable, SymbolUnknown
from trading_api.shared.errors import echo

SILENT_STATES = frozenset({"stale", "waiting", "idle"})
"""States of a symbol whose exchange is open and whose last quote is not of now."""
QUOTES_A_REQUEST = 100
"""The datafeed answers no more at once."""


PATIENCE_SECONDS = 10.0
"""A request that comes before the market's time is known waits for it so long."""


class MarketView:
    """The market as the ticks show it, and what the datafeed answers about what they have not shown.

    While the ticks or the feed's status are not followed no quote or trade is remembered: each request asks
    for those that it needs.
    """

    def __init__(self, datafeed: DatafeedClient, patience: float = PATIENCE_SECONDS) -> None:
        self._datafeed = datafeed
        self._patience = patience
        self._time: int | None = None
        self._time_known = asyncio.Event()
        self._quotes: dict[str, Quote] = {}
        self._currencies: set[str] = set()
        self._jumps = 0
        self._trades: dict[str, Trade] = {}
        self._depths: dict[str, Depth] = {}
        self.books_wanted = asyncio.Event()
        """Set once books are to be followed as well."""
        self._instruments: dict[str, Instrument] = {}
        self._follows: Callable[[], bool] | None = None
        self._judges: Callable[[], bool] | None = None
        self._silent: dict[str, Silence] = {}
        self._all_silent_told = True
        self._asked_silent: dict[str, Silence] = {}

    @property
    def begun(self) -> bool:
        """Whether the market's time is known."""
        return self._time is not None

    @property
    def followed(self) -> bool:
        """Whether ticks and the feed's status arrive, so that the last quotes are known, and their age."""
        return bool(self._follows and self._follows() and self._judges and self._judges())

    @property
    def _current(self) -> bool:
        """Whether what is remembered is true of every symbol."""
        return self.followed and self._all_silent_told

    def begin(self, time: int, follows: Callable[[], bool]) -> None:
        """The market's time is `time`, and every tick from now on will be told, while `follows()`."""
        self._time = time
        self._quotes, self._trades, self._depths = {}, {}, {}
        self._follows = follows
        self._time_known.set()

    def jump(self, time: int) -> None:
        """A replay has gone to `time`, forwards or backwards: what was remembered is not of that moment."""
        self._time = time
        self._jumps += 1
        self._quotes, self._trades, self._depths = {}, {}, {}

    def judge(self, status: FeedStatus, judges: Callable[[], bool]) -> None:
        """The state of the feed is this, and every change of it will be told, while `judges()`."""
        self._judges = judges
        self._silent = {
            each.symbol: Silence(each.status, each.stale_after_ms, each.last_event_time)
            for each in status.symbols
            if each.status in SILENT_STATES
        }
        self._all_silent_told = not status.untold or len(self._silent) < len(status.symbols)

    def reach(self, time: int) -> None:
        """The market's time is `time` by now."""
        self._time = time if self._time is None else max(self._time, time)

    def remember(self, tick: Quote | Trade) -> None:
        """Take note of the newest quote or trade of a symbol."""
        silence = self._silent.get(tick.symbol)
        if silence is not None and (silence.since is None or tick.time > silence.since):
            del self._silent[tick.symbol]  # that the feed is well again is about to be told
        if isinstance(tick, Quote):
            self._quotes[tick.symbol] = tick
        else:
            self._trades[tick.symbol] = tick

    def remember_book(self, depth: Depth) -> None:
        """Take note of the newest book of a symbol; one without a side is forgotten, as it is not known."""
        if depth.bids and depth.asks:
            self._depths[depth.symbol] = depth
        else:
            self._depths.pop(depth.symbol, None)

    def prints(self, symbol: str) -> bool:
        """Whether `symbol` is known to have trades, so that stops look at them and not at quotes."""
        instrument = self._instruments.get(symbol)
        return instrument is not None and instrument.prints

    async def known(self) -> None:
        """Wait until the market's time is known; raises MarketDataUnavailable if that takes too long."""
        if self._time_known.is_set():
            return
        try:
            async with asyncio.timeout(self._patience):
                await self._time_known.wait()
        except TimeoutError as error:
            raise MarketDataUnavailable(
                "The market's time is not known, for the datafeed is silent."
            ) from error

    def now(self, asked: Mapping[str, Quote] | None = None) -> Market:
        """The market at this moment; of symbols that no tick has shown, the quotes in `asked`.

        Raises MarketDataUnavailable before the market's time is known.
        """
        if self._time is None:
            raise MarketDataUnavailable("The market's time is not known yet.")
        current = self._current
        shown, trades = (self._quotes, self._trades) if current else ({}, {})
        depths = self._depths if current else {}
        silent = self._silent if current else self._asked_silent
        if asked is None or asked.keys() <= shown.keys():
            return Market(self._time, shown, trades, depths, silent=silent)
        return Market(self._time, ChainMap(shown, dict(asked)), trades, depths, silent=silent)

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

    async def instruments(self, symbols: Iterable[str]) -> Instruments:
        """Terms of these tickers, among those that are known; raises what `instrument` raises."""
        for symbol in symbols:
            if symbol not in self._instruments:
                await self.instrument(symbol)
        return self._instruments

    async def quotes(self, symbols: Iterable[str]) -> dict[str, Quote]:
        """The last quotes of `symbols`; the datafeed is asked for those that the ticks have not brought.

        With them come those that give the rates from their currencies to the accounts'. A symbol without a
        bid and an ask is left out. Raises MarketDataUnavailable.
        """
        shown = self._shown
        wanted = set(symbols)
        wanted |= {pair for symbol in wanted for pair in self._pairs(symbol, shown)}
        found = {symbol: shown[symbol] for symbol in wanted if symbol in shown}
        missing = sorted(wanted - found.keys())
        for start in range(0, len(missing), QUOTES_A_REQUEST):
            found |= await self._ask(missing[start : start + QUOTES_A_REQUEST])
        return found

    def want_books(self) -> None:
        """There is an account whose orders fill against books."""
        self.books_wanted.set()

    def convert_to(self, currency: str) -> None:
        """There is an account in this currency."""
        self._currencies.add(currency)

    def _pairs(self, symbol: str, shown: dict[str, Quote]) -> Iterator[str]:
        """What has to be asked for to convert the symbol's currency, as far as no tick has shown a rate."""
        known = self._instruments.get(symbol)
        if known is None:
            return
        for currency in self._currencies:
            if rate_of(Market(0, shown), known.currency, currency) is None:
                yield from pairs_of(known.currency, currency)

    @property
    def _shown(self) -> dict[str, Quote]:
        return self._quotes if self._current else {}

    async def _ask(self, symbols: list[str]) -> dict[str, Quote]:
        jumps = self._jumps
        try:
            answers = await self._datafeed.quotes(symbols=symbols)
        except ClientError as error:
            names = ", ".join(symbols)
            raise MarketDataUnavailable(f"No quote of {names} is available: {error.detail}") from error
        quotes = {quote.symbol: quote for answer in answers if (quote := _quote_of(answer)) is not None}
        for answer in answers:
            self._asked_silent.pop(answer.n, None)
            if answer.v.stale:
                self._asked_silent[answer.n] = Silence("stale", since=answer.v.time)
        for quote in quotes.values() if jumps == self._jumps else ():
            if self._time is not None:
                self._time = max(self._time, quote.time)
            if self._current:
                self._quotes.setdefault(quote.symbol, quote)
        return quotes


def _quote_of(data: QuoteData) -> Quote | None:
    values = data.v
    if data.s != "ok" or values.bid is None or values.ask is None or values.time is None:
        return None
    return Quote(data.n, values.time, values.bid, values.ask, values.bid_size, values.ask_size)
