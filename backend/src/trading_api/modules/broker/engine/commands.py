"""What an account can be asked to do."""

from dataclasses import dataclass, field
from decimal import Decimal

from trading_api.models.broker.accounts import TradingState
from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Brackets
from trading_api.modules.broker.engine.terms import AccountTerms


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """Buy or sell `qty` of `symbol`.

    `gtd_time` (ms) is the end of a gtd order. `is_close` only ever reduces what is held; with
    `position_id` it is that position which is reduced.
    """

    symbol: str
    type: OrderType
    side: Side
    qty: Decimal
    limit_price: Decimal | None = None
    duration: DurationType = DurationType.GTC
    client_order_id: str | None = None
    stop_price: Decimal | None = None
    trailing_amount: Decimal | None = None
    gtd_time: int | None = None
    brackets: Brackets = NO_BRACKETS
    is_close: bool = False
    position_id: str | None = None


@dataclass(frozen=True, slots=True)
class ModifyOrder:
    """Change an open order, which keeps its id; None leaves a term as it is, except `brackets`.

    `brackets` is the whole set: what it leaves out is canceled. None leaves the brackets as they are.
    """

    order_id: str
    qty: Decimal | None = None
    limit_price: Decimal | None = None
    stop_price: Decimal | None = None
    trailing_amount: Decimal | None = None
    type: OrderType | None = None
    duration: DurationType | None = None
    gtd_time: int | None = None
    brackets: Brackets | None = None


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Stop an open order."""

    order_id: str


@dataclass(frozen=True, slots=True)
class CancelOrders:
    """Stop the open orders of `symbol` and of `side`, where given; not the brackets of positions.

    With `order_ids` it is those orders and no others. `trading_state` is the one for which they are stopped.
    """

    symbol: str | None = None
    side: Side | None = None
    order_ids: tuple[str, ...] | None = None
    trading_state: TradingState | None = None


@dataclass(frozen=True, slots=True)
class ClosePosition:
    """Close a position at the market, all of it or `qty`."""

    position_id: str
    qty: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReversePosition:
    """Close a position at the market and open as much on the other side."""

    position_id: str


@dataclass(frozen=True, slots=True)
class EditPositionBrackets:
    """Protect a position by exactly these brackets; what is left out is canceled."""

    position_id: str
    brackets: Brackets


@dataclass(frozen=True, slots=True)
class SetLeverage:
    """Trade `symbol` with this leverage from now on."""

    symbol: str
    leverage: Decimal


@dataclass(frozen=True, slots=True)
class SetTradingState:
    """Allow everything, only closing, or nothing; `cancel_orders` cancels what works.

    With `order_ids` it cancels those orders and no others.
    """

    trading_state: TradingState
    cancel_orders: bool = False
    order_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChangeTerms:
    """Trade on these terms from now on."""

    terms: AccountTerms = field(default_factory=AccountTerms)


@dataclass(frozen=True, slots=True)
class ExecuteOrders:
    """Fill every working order now, at the price that is there: for debugging only."""


PositionCommand = ClosePosition | ReversePosition | EditPositionBrackets
TradingCommand = PlaceOrder | ModifyOrder | CancelOrder | CancelOrders | PositionCommand | ExecuteOrders
AccountCommand = SetLeverage | SetTradingState | ChangeTerms

Command = TradingCommand | AccountCommand
