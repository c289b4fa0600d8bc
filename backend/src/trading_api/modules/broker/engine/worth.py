"""What an account is worth at the market's prices."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine.conversion import last_rate
from trading_api.modules.broker.engine.entities import Position
from trading_api.modules.broker.engine.exact import ZERO, exact, quotient
from trading_api.modules.broker.engine.margin import Margin, total_margin
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.state import AccountState


@dataclass(frozen=True, slots=True)
class Worth:
    """Money of an account; `profits` is the unrealized profit of each open position by its id."""

    balance: Decimal
    realized_pl: Decimal
    profits: dict[str, Decimal]
    margin: Margin

    @property
    def unrealized_pl(self) -> Decimal:
        """Profit of all open positions."""
        with exact():
            return sum(self.profits.values(), ZERO)

    @property
    def equity(self) -> Decimal:
        """Balance and unrealized profit."""
        with exact():
            return self.balance + self.unrealized_pl

    @property
    def available(self) -> Decimal:
        """Buying power: equity less margin used and less what open orders reserve."""
        with exact():
            return self.equity - self.margin.total

    @property
    def margin_level(self) -> Decimal | None:
        """Equity divided by margin used; None where nothing is blocked."""
        return quotient(self.equity, self.margin.used) if self.margin.used else None


def worth_of(state: AccountState, market: Market) -> Worth:
    """Longs at the bid, shorts at the ask; a position without a quote counts at its cost."""
    with exact():
        return Worth(
            balance=state.balance,
            realized_pl=state.realized_pl,
            profits={p.id: unrealized_pl(p, market, state.currency) for p in state.open_positions},
            margin=total_margin(state, market),
        )


def equity_of(state: AccountState, market: Market) -> Decimal:
    """Balance and unrealized profit, without the rest that `worth_of` reckons."""
    profits = (unrealized_pl(p, market, state.currency) for p in state.positions.values())
    return state.balance + sum(profits, ZERO)


def unrealized_pl(position: Position, market: Market, currency: str) -> Decimal:
    """Profit in the account's `currency` if the position were closed now."""
    price = market.closing_price(position.symbol, position.side)
    if price is None:
        return ZERO
    rate = last_rate(market, position.currency, currency, position.conversion)
    gain = (price * position.qty - position.cost) * position.point_value * rate
    return gain if position.side is Side.BUY else -gain
