"""Instruments, markets and accounts for the tests of the engine."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.models.market.ticks import Bar, ClockMoved, Depth, Quote, Trade
from trading_api.modules.broker.engine import (
    AccountState,
    Command,
    Event,
    Instrument,
    Market,
    Order,
    PlaceOrder,
    Position,
    decide,
    fold,
    open_account,
)
from trading_api.modules.broker.engine.events import DEFAULT_TERMS, last_order
from trading_api.modules.broker.engine.market import Silence
from trading_api.modules.broker.engine.terms import AccountTerms
from trading_api.shared.trading_session import TradingSession

BUY, SELL = Side.BUY, Side.SELL
LIMIT, MARKET = OrderType.LIMIT, OrderType.MARKET

ALWAYS = TradingSession("24x7", "Etc/UTC")
NEW_YORK = TradingSession("0930-1600", "America/New_York")


def new_york(text: str) -> int:
    """Milliseconds of a moment like `2013-10-04 09:30` in New York."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York")).timestamp()) * 1000


def instrument(
    symbol: str = "STK",
    *,
    tick: str = "0.01",
    step: str = "1",
    point_value: str = "1",
    margin_rate: str = "0.25",
    max_qty: str = "1000000",
    session: TradingSession = ALWAYS,
    tradable: bool = True,
    currency: str = "USD",
    prints: bool = True,
) -> Instrument:
    """An instrument that differs from a plain stock in what is given."""
    return Instrument(
        symbol=symbol,
        tradable=tradable,
        min_qty=Decimal(step),
        max_qty=Decimal(max_qty),
        qty_step=Decimal(step),
        tick_size=Decimal(tick),
        point_value=Decimal(point_value),
        margin_rate=Decimal(margin_rate),
        currency=currency,
        session=session,
        reason=None if tradable else "it is an index",
        prints=prints,
    )


STOCK = instrument()


def opened(
    balance: str = "100000", leverage: str = "20", terms: AccountTerms = DEFAULT_TERMS, currency: str = "USD"
) -> AccountState:
    """A new account, if nothing else is said in USD."""
    empty = AccountState("DEMO", "epoch")
    money = Decimal(balance)
    return fold(empty, open_account(empty, "Demo account", currency, money, Decimal(leverage), 0, terms))


def quote(bid: str, ask: str, *, symbol: str = "STK", time: int = 1000) -> Quote:
    """A quote."""
    return Quote(symbol, time, Decimal(bid), Decimal(ask))


def sized(bid: str, bid_size: str, ask: str, ask_size: str, *, time: int = 1000) -> Quote:
    """A quote with the sizes shown."""
    return Quote("STK", time, Decimal(bid), Decimal(ask), Decimal(bid_size), Decimal(ask_size))


def order(
    side: Side,
    qty: str,
    limit: str | None = None,
    *,
    symbol: str = "STK",
    duration: DurationType = DurationType.GTC,
    name: str | None = None,
) -> PlaceOrder:
    """A limit order, or without a limit a market order."""
    kind = MARKET if limit is None else LIMIT
    return PlaceOrder(
        symbol, kind, side, Decimal(qty), None if limit is None else Decimal(limit), duration, name
    )


def stop(
    side: Side,
    qty: str,
    price: str,
    limit: str | None = None,
    *,
    duration: DurationType = DurationType.GTC,
) -> PlaceOrder:
    """A stop order, or with a limit a stop-limit order."""
    kind = OrderType.STOP if limit is None else OrderType.STOP_LIMIT
    limit_price = None if limit is None else Decimal(limit)
    return PlaceOrder(
        "STK", kind, side, Decimal(qty), limit_price, duration=duration, stop_price=Decimal(price)
    )


def trailing(side: Side, qty: str, amount: str) -> PlaceOrder:
    """A trailing stop order."""
    kind = OrderType.TRAILING_STOP
    return PlaceOrder("STK", kind, side, Decimal(qty), trailing_amount=Decimal(amount))


def trade(price: str, *, time: int = 1000, size: str = "100") -> Trade:
    """A print."""
    return Trade("STK", time, Decimal(price), Decimal(size))


class Desk:
    """An account with the market around it; remembers every event."""

    def __init__(
        self,
        *instruments: Instrument,
        balance: str = "100000",
        leverage: str = "20",
        terms: AccountTerms = DEFAULT_TERMS,
        currency: str = "USD",
    ) -> None:
        self.instruments = {item.symbol: item for item in instruments or (STOCK,)}
        self.state = opened(balance, leverage, terms, currency)
        self.quotes: dict[str, Quote] = {}
        self.trades: dict[str, Trade] = {}
        self.depths: dict[str, Depth] = {}
        self.bars: dict[str, Bar] = {}
        self.silent: dict[str, Silence] = {}
        self.time = 0
        self.events: list[Event] = []

    @property
    def market(self) -> Market:
        """The market now."""
        return Market(self.time, self.quotes, self.trades, self.depths, self.bars, self.silent)

    def only(self, symbol: str) -> Position:
        """The one position of `symbol`."""
        (position,) = self.state.positions_of(symbol)
        return position

    def do(self, command: Command) -> tuple[Event, ...]:
        """Carry out a command."""
        return self._apply(decide(self.state, command, self.instruments, self.market))

    def place(self, command: PlaceOrder) -> Order:
        """Place an order; returns it as it is afterwards."""
        return last_order(self.do(command))

    def see(self, tick: Quote | Trade | Depth | Bar) -> tuple[Event, ...]:
        """A tick arrives."""
        self.time = max(self.time, tick.end if isinstance(tick, Bar) else tick.time)
        match tick:
            case Quote():
                self.quotes[tick.symbol] = tick
            case Trade():
                self.trades[tick.symbol] = tick
            case Depth():
                self.depths[tick.symbol], self.quotes[tick.symbol] = tick, tick.best
            case Bar():
                self.bars[tick.symbol] = tick
                self.quotes[tick.symbol] = Quote(tick.symbol, tick.end, tick.close, tick.close)
        return self._apply(decide(self.state, tick, self.instruments, self.market))

    def pass_time(self, time: int) -> tuple[Event, ...]:
        """The clock reaches `time`."""
        self.time = time
        return self._apply(decide(self.state, ClockMoved(time), self.instruments, self.market))

    def _apply(self, events: Iterable[Event]) -> tuple[Event, ...]:
        happened = tuple(events)
        self.state = fold(self.state, happened)
        self.events += happened
        return happened


def kinds(events: Iterable[Event]) -> list[str]:
    """Types of events, in order."""
    return [event.type for event in events]


def values(*items: object) -> tuple[object, ...]:
    """The items as a tuple that compares with one of plain numbers."""
    return items
