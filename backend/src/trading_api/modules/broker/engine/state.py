"""An account as its journal leaves it."""

from dataclasses import dataclass, field
from decimal import Decimal

from immutables import Map

from trading_api.models.broker.accounts import TradingState
from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine.causes import Sight
from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.events import DEFAULT_TERMS
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.symbol_book import SymbolBook
from trading_api.modules.broker.engine.terms import AccountTerms

NOTHING = SymbolBook()


@dataclass(frozen=True, slots=True)
class Taken:
    """What the account's orders have bought and sold of the sizes that one quote shows."""

    sight: Sight
    bought: Decimal = ZERO
    sold: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class AccountState:
    """Fold of the events up to `offset`; holds what is open, and of the past only what decisions need.

    `balance` = `opening_balance` + `realized_pl` - `commissions`, exactly. Maps have no order of their
    own: whoever goes through them asks for `open_orders` and `open_positions`.
    """

    account_id: str
    epoch: str
    offset: int = 0
    time: int = 0
    name: str = ""
    currency: str = ""
    leverage: Decimal = Decimal(1)
    terms: AccountTerms = DEFAULT_TERMS
    trading_state: TradingState = TradingState.ACTIVE
    opening_balance: Decimal = ZERO
    balance: Decimal = ZERO
    realized_pl: Decimal = ZERO
    commissions: Decimal = ZERO
    margin_warned: bool = False
    """Whether a margin warning was given, and equity has not recovered since."""
    closed: bool = False
    """Whether the account was reset, so that this epoch is over."""
    placed_times: tuple[int, ...] = ()
    """When orders were accepted in the second before the last of them, as many as the terms allow."""
    taken: Map[str, Taken] = field(default_factory=Map)
    """By symbol; kept by accounts that respect displayed sizes."""
    leverages: Map[str, Decimal] = field(default_factory=Map)
    orders: Map[str, Order] = field(default_factory=Map)
    positions: Map[str, Position] = field(default_factory=Map)
    client_order_ids: Map[str, str] = field(default_factory=Map)
    """To the ids of the orders."""
    books: Map[str, SymbolBook] = field(default_factory=Map, compare=False)
    """What is open by symbol."""
    children: Map[str, tuple[str, ...]] = field(default_factory=Map, compare=False)
    """Open brackets by their parent's id."""

    def book(self, symbol: str) -> SymbolBook:
        """What is open in `symbol`."""
        return self.books.get(symbol, NOTHING)

    @property
    def symbols(self) -> list[str]:
        """Symbols in which something is open."""
        return sorted(self.books)

    @property
    def open_orders(self) -> list[Order]:
        """Open orders, oldest first."""
        return sorted(self.orders.values(), key=lambda order: order.created_offset)

    @property
    def open_positions(self) -> list[Position]:
        """Open positions, oldest first."""
        return sorted(self.positions.values(), key=lambda position: int(position.id[1:]))

    def orders_of(self, symbol: str) -> list[Order]:
        """Open orders of `symbol`, oldest first."""
        return [self.orders[rung.order_id] for rung in self.book(symbol).order_ids]

    def positions_of(self, symbol: str) -> list[Position]:
        """Open positions of `symbol`, oldest first."""
        found = [self.positions[key] for key in self.book(symbol).position_ids]
        return found if len(found) < 2 else sorted(found, key=lambda position: int(position.id[1:]))

    def position_of(self, symbol: str) -> Position | None:
        """The one position of `symbol` of an account that nets."""
        return next(iter(self.positions_of(symbol)), None)

    def brackets_of(self, parent_id: str) -> list[Order]:
        """Open bracket orders of an order or a position, oldest first."""
        ids = self.children.get(parent_id)
        if ids is None:
            return []
        found = [self.orders[key] for key in ids]
        return sorted(found, key=lambda order: order.created_offset)

    def leverage_of(self, symbol: str) -> Decimal:
        """The leverage at which `symbol` is traded."""
        return self.leverages.get(symbol, self.leverage)

    def has_money_of(self, other: "AccountState") -> bool:
        """Whether everything of which margin and equity depend, but prices, is what `other` has."""
        return (
            self.positions is other.positions
            and self.balance == other.balance
            and self.leverages is other.leverages
            and self.terms is other.terms
        )

    def taken_of(self, symbol: str, sight: Sight, side: Side) -> Decimal:
        """What orders on `side` have taken of the quote that was seen so."""
        taken = self.taken.get(symbol)
        if taken is None or taken.sight != sight:
            return ZERO
        return taken.bought if side is Side.BUY else taken.sold
