"""The trading rules: pure, synchronous, no I/O, no clock and no randomness of their own.

`decide` says what follows from a command or a tick as events; `fold` applies events to a state.
"""

from trading_api.modules.broker.engine.commands import CancelOrder, Command, PlaceOrder
from trading_api.modules.broker.engine.decide import decide, drafted, open_account
from trading_api.modules.broker.engine.entities import Execution, Order, Position
from trading_api.modules.broker.engine.events import Event
from trading_api.modules.broker.engine.evolve import JournalGap, fold
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.preview import Estimate, preview
from trading_api.modules.broker.engine.refusals import (
    CheckFailure,
    OrderNotOpen,
    OrderRefused,
    PositionNotOpen,
    RefusalCode,
)
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.worth import Worth, worth_of

__all__ = [
    "AccountState",
    "CancelOrder",
    "CheckFailure",
    "Command",
    "Estimate",
    "Event",
    "Execution",
    "Instrument",
    "Instruments",
    "JournalGap",
    "Market",
    "Order",
    "OrderNotOpen",
    "OrderRefused",
    "PlaceOrder",
    "Position",
    "PositionNotOpen",
    "RefusalCode",
    "Worth",
    "decide",
    "drafted",
    "fold",
    "open_account",
    "preview",
    "worth_of",
]
