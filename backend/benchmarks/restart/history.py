"""An account's history of a million events, made once by the engine and the journal's writer, then kept."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import trading_api.modules.broker
from benchmarks.streaming.server_process import BACKEND
from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine import (
    AccountState,
    Event,
    Instrument,
    Market,
    PlaceOrder,
    fold,
    open_account,
)
from trading_api.modules.broker.engine.decide import drafted
from trading_api.modules.broker.repository.batch import Append
from trading_api.modules.broker.repository.tables import AccountKey
from trading_api.modules.broker.repository.writer import JournalWriter
from trading_api.modules.broker.service import MIGRATIONS
from trading_api.shared.db.engine import Database
from trading_api.shared.db.migrations import migrate
from trading_api.shared.trading_session import TradingSession

KEY = AccountKey("DEMO", "bench")
EVENTS, WORKING = 1_000_000, 10_000
EVENTS_OF_A_FILL = 5
"""Accepted, execution, filled, balance, position."""
EVENTS_AT_ONCE = 20_000
START, STEP_MS = 1_704_067_200_000, 100
"""All of it was in 2024, before any time of the market at which the server is started."""
SYMBOL = "ALFA"
"""An instrument of the simulated market; the orders are far below where it trades."""


def database(folder: Path) -> Path:
    """The database of a history; made, which takes minutes, if there is none of this version in `folder`."""
    path = folder / _version() / "trading.db"
    complete = path.with_name("complete")
    if not complete.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        print(f"Making {EVENTS:,} events with {WORKING:,} working orders in {path} ...", flush=True)
        asyncio.run(_make(path))
        complete.touch()
    return path


async def _make(path: Path) -> None:
    opened = Database(f"sqlite+aiosqlite:///{path}")
    writer = JournalWriter(opened)
    try:
        await migrate(opened, "broker", MIGRATIONS)
        async with writer.running():
            for before, events, after in _chunks():
                await writer.append(Append(KEY, before.offset, events, after))
    finally:
        await opened.close()


def _chunks() -> Iterator[tuple[AccountState, Sequence[Event], AccountState]]:
    before = AccountState(KEY.account_id, KEY.epoch)
    events: list[Event] = [*open_account(before, "Demo account", "USD", Decimal(10**9), Decimal(20), START)]
    state = fold(before, events)
    for number, command in enumerate(_commands()):
        market = _market(number)
        draft = drafted(state, command, {SYMBOL: INSTRUMENT}, market)
        state = draft.state
        events += draft.events
        if len(events) >= EVENTS_AT_ONCE:
            yield before, events, state
            before, events = state, []
    yield before, events, state


def _commands() -> Iterator[PlaceOrder]:
    """Bought and sold in turns, and in between an order that stays; every order has a name."""
    fills = -(-(EVENTS - 1 - WORKING) // EVENTS_OF_A_FILL)
    every = fills // WORKING
    for number in range(fills):
        side = Side.SELL if number % 2 else Side.BUY
        qty, gtc = Decimal(1 + number // 2 % 9), DurationType.GTC
        yield PlaceOrder(SYMBOL, OrderType.MARKET, side, qty, None, gtc, f"taken-{number}")
        if number % every == 0 and number // every < WORKING:
            limit = Decimal(number // every % 100 + 1) / 100
            name = f"resting-{number // every}"
            yield PlaceOrder(SYMBOL, OrderType.LIMIT, Side.BUY, Decimal(1), limit, gtc, name)


def _market(number: int) -> Market:
    time = START + number * STEP_MS
    bid = Decimal(100) + Decimal(number % 500) / 100
    return Market(time, {SYMBOL: Quote(SYMBOL, time, bid, bid + Decimal("0.01"))})


def _version() -> str:
    """Changes with what decides how an account is written down."""
    package = Path(trading_api.modules.broker.__file__).parent
    sources = [*(package / name for name in FORMAT), *package.glob("migrations/**/*.py")]
    sources += package.glob("repository/journal_*.py")
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


FORMAT = (
    "engine/account_head.py",
    "engine/codec.py",
    "engine/entities.py",
    "engine/events.py",
    "engine/state.py",
    "engine/terms.py",
    "journal_chain.py",
)
CACHE = BACKEND.parent / "var" / "bench-restart"
INSTRUMENT = Instrument(
    symbol=SYMBOL,
    tradable=True,
    min_qty=Decimal(1),
    max_qty=Decimal(1_000_000),
    qty_step=Decimal(1),
    tick_size=Decimal("0.01"),
    point_value=Decimal(1),
    margin_rate=Decimal("0.25"),
    currency="USD",
    session=TradingSession("24x7", "Etc/UTC"),
)
