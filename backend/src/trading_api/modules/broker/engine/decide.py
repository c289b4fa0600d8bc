"""The engine's one door: what follows from a command or a tick."""

from decimal import Decimal

from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.broker.engine.canceling import cancel_order, cancel_orders
from trading_api.modules.broker.engine.commands import (
    CancelOrder,
    CancelOrders,
    ChangeTerms,
    Command,
    PlaceOrder,
    SetLeverage,
    SetTradingState,
)
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.events import DEFAULT_TERMS, AccountOpened, Event
from trading_api.modules.broker.engine.exact import exact, tidy
from trading_api.modules.broker.engine.instruments import Instruments
from trading_api.modules.broker.engine.leverage import set_leverage
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.placing import place_order
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.terms import AccountTerms
from trading_api.modules.broker.engine.ticks import pass_time, see_quote
from trading_api.modules.broker.engine.trading_state import change_terms, set_trading_state


def open_account(
    state: AccountState,
    name: str,
    currency: str,
    opening_balance: Decimal,
    leverage: Decimal,
    time: int,
    terms: AccountTerms = DEFAULT_TERMS,
) -> tuple[Event, ...]:
    """The first event of a journal."""
    balance = tidy(opening_balance)
    return (AccountOpened(state.offset + 1, time, name, currency, balance, leverage, terms),)


def decide(
    state: AccountState,
    cause: Command | Quote | Trade | ClockMoved,
    instruments: Instruments,
    market: Market,
) -> tuple[Event, ...]:
    """The events that follow from `cause`; none if nothing does.

    `instruments` has the symbol of `cause` and every symbol in which something is open. Raises
    OrderRefused with every failed check, and OrderNotOpen for a change of what is not open. The same
    arguments give the same events, byte for byte.
    """
    draft = Draft(state)
    with exact():
        match cause:
            case PlaceOrder():
                place_order(draft, cause, instruments, market)
            case CancelOrder():
                cancel_order(draft, cause, instruments, market)
            case CancelOrders():
                cancel_orders(draft, cause, instruments, market)
            case SetLeverage():
                set_leverage(draft, cause, instruments, market)
            case SetTradingState():
                set_trading_state(draft, cause, instruments, market)
            case ChangeTerms():
                change_terms(draft, cause, market)
            case Quote():
                see_quote(draft, cause, instruments, market)
            case ClockMoved():
                pass_time(draft, cause, instruments)
            case Trade():
                pass
    return draft.events
