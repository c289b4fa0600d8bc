"""The engine's one door: what follows from a command or a tick."""

from decimal import Decimal

from trading_api.models.broker.accounts import FillModelKind
from trading_api.models.market.ticks import Bar, ClockMoved, Depth, Quote, Trade
from trading_api.modules.broker.engine.bar_path import see_bar
from trading_api.modules.broker.engine.canceling import cancel_order, cancel_orders
from trading_api.modules.broker.engine.commands import (
    AccountCommand,
    CancelOrder,
    CancelOrders,
    ChangeTerms,
    ClosePosition,
    Command,
    EditPositionBrackets,
    ExecuteOrders,
    ModifyOrder,
    PlaceOrder,
    PositionCommand,
    ReversePosition,
    SetLeverage,
    SetTradingState,
    TradingCommand,
)
from trading_api.modules.broker.engine.debugging import execute_orders
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.events import DEFAULT_TERMS, AccountOpened, Event
from trading_api.modules.broker.engine.exact import exact, tidy
from trading_api.modules.broker.engine.instruments import Instruments
from trading_api.modules.broker.engine.leverage import set_leverage
from trading_api.modules.broker.engine.liquidation import watch_margin
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.modifying import modify_order
from trading_api.modules.broker.engine.placing import place_order
from trading_api.modules.broker.engine.positions import close_position, edit_brackets, reverse_position
from trading_api.modules.broker.engine.refusals import OrderRefused
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.terms import AccountTerms
from trading_api.modules.broker.engine.ticks import pass_time, see_depth, see_quote, see_trade
from trading_api.modules.broker.engine.trading_state import change_terms, check_terms, set_trading_state

MarketEvent = Quote | Trade | Depth | Bar | ClockMoved


def open_account(
    state: AccountState,
    name: str,
    currency: str,
    opening_balance: Decimal,
    leverage: Decimal,
    time: int,
    terms: AccountTerms = DEFAULT_TERMS,
) -> tuple[Event, ...]:
    """The first event of a journal; raises OrderRefused for terms that make no sense."""
    if failures := tuple(check_terms(state, terms)):
        raise OrderRefused(failures)
    balance = tidy(opening_balance)
    return (AccountOpened(state.offset + 1, time, name, currency, balance, leverage, terms),)


def decide(
    state: AccountState,
    cause: Command | MarketEvent,
    instruments: Instruments,
    market: Market,
) -> tuple[Event, ...]:
    """The events that follow from `cause`; none if nothing does.

    `instruments` has the symbol of `cause` and every symbol in which something is open. Raises
    OrderRefused with every failed check, and OrderNotOpen or PositionNotOpen for a change of what is not
    open. The same arguments give the same events, byte for byte.
    """
    return drafted(state, cause, instruments, market).events


def drafted(
    state: AccountState,
    cause: Command | MarketEvent,
    instruments: Instruments,
    market: Market,
) -> Draft:
    """What `decide` decides, with the state to which it leads."""
    draft = Draft(state)
    with exact():
        if isinstance(cause, Quote | Trade | Depth | Bar | ClockMoved):
            _see(draft, cause, instruments, market)
        elif isinstance(cause, SetLeverage | SetTradingState | ChangeTerms):
            _change_account(draft, cause, instruments, market)
        else:
            _trade(draft, cause, instruments, market)
        _watch(draft, state, cause, instruments, market)
    return draft


def _trade(draft: Draft, command: TradingCommand, instruments: Instruments, market: Market) -> None:
    match command:
        case PlaceOrder():
            place_order(draft, command, instruments, market)
        case ModifyOrder():
            modify_order(draft, command, instruments, market)
        case CancelOrder():
            cancel_order(draft, command, instruments, market)
        case CancelOrders():
            cancel_orders(draft, command, instruments, market)
        case ClosePosition() | ReversePosition() | EditPositionBrackets():
            _change_position(draft, command, instruments, market)
        case ExecuteOrders():
            execute_orders(draft, instruments, market)


def _watch(
    draft: Draft, before: AccountState, cause: Command | MarketEvent, instruments: Instruments, market: Market
) -> None:
    """Looks at the margin after every tick that may move it, and after whatever changed money."""
    match cause:
        case Quote():
            watch_margin(draft, instruments, market.with_quote(cause), liquidates=True)
        case Depth():
            watch_margin(draft, instruments, market.with_depth(cause), liquidates=True)
        case Bar() if before.terms.fills.model is FillModelKind.BARS:
            watch_margin(draft, instruments, market.with_bar(cause), liquidates=True)
        case _ if not draft.state.has_money_of(before):
            watch_margin(draft, instruments, market, liquidates=isinstance(cause, Trade | ClockMoved))


def _change_position(
    draft: Draft,
    command: PositionCommand,
    instruments: Instruments,
    market: Market,
) -> None:
    match command:
        case ClosePosition():
            close_position(draft, command, instruments, market)
        case ReversePosition():
            reverse_position(draft, command, instruments, market)
        case EditPositionBrackets():
            edit_brackets(draft, command, instruments, market)


def _change_account(draft: Draft, command: AccountCommand, instruments: Instruments, market: Market) -> None:
    match command:
        case SetLeverage():
            set_leverage(draft, command, instruments, market)
        case SetTradingState():
            set_trading_state(draft, command, instruments, market)
        case ChangeTerms():
            change_terms(draft, command, market)


def _see(draft: Draft, tick: MarketEvent, instruments: Instruments, market: Market) -> None:
    match tick:
        case Quote():
            see_quote(draft, tick, instruments, market)
        case Trade():
            see_trade(draft, tick, instruments, market)
        case Depth():
            see_depth(draft, tick, instruments, market)
        case Bar():
            see_bar(draft, tick, instruments, market)
        case ClockMoved():
            pass_time(draft, tick, instruments)
