"""An account as its journal leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.exact import ZERO


@dataclass(frozen=True, slots=True)
class AccountState:
    """Fold of the events up to `offset`; holds what is open, and of the past only what decisions need.

    `balance` = `opening_balance` + `realized_pl` - `commissions`, exactly. Orders are by id in the
    sequence of their acceptance, positions by symbol, client order ids lead to order ids.
    """

    account_id: str
    epoch: str
    offset: int = 0
    time: int = 0
    name: str = ""
    currency: str = ""
    leverage: Decimal = Decimal(1)
    opening_balance: Decimal = ZERO
    balance: Decimal = ZERO
    realized_pl: Decimal = ZERO
    commissions: Decimal = ZERO
    orders: Mapping[str, Order] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    client_order_ids: Mapping[str, str] = field(default_factory=dict)

    def orders_of(self, symbol: str) -> list[Order]:
        """Open orders of `symbol`, oldest first."""
        return [order for order in self.orders.values() if order.symbol == symbol]
