"""Whether an account can carry its positions: equity against the margin that they block."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trading_api.modules.broker.engine.entities import Position
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.margin import blocked
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.terms import RiskTerms
from trading_api.modules.broker.engine.worth import unrealized_pl


class Verdict(StrEnum):
    """What the margin level, equity divided by margin used, says."""

    SOUND = "sound"
    WARNED = "warned"
    """Below the maintenance level."""
    OVERDRAWN = "overdrawn"
    """Below the liquidation level: positions have to be closed."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A position at the market: its unrealized profit and the margin that it blocks."""

    position: Position
    profit: Decimal
    blocked: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """Equity and margin used, in the account's currency."""

    equity: Decimal
    used: Decimal

    def verdict(self, risk: RiskTerms) -> Verdict:
        """What the level says; where nothing is blocked there is no level, and nothing to say."""
        if not self.used or self.equity >= self.used * max(risk.maintenance_level, risk.liquidation_level):
            return Verdict.SOUND
        if self.equity >= self.used * risk.liquidation_level:
            return Verdict.WARNED
        return Verdict.OVERDRAWN

    def without(self, holding: Holding, cost: Decimal) -> "Standing":
        """After the holding was closed at the market, for a commission of `cost`."""
        return Standing(self.equity - cost, self.used - holding.blocked)


def holdings_of(state: AccountState, market: Market) -> list[Holding]:
    """Every open position at the market, in no order."""
    return [
        Holding(position, unrealized_pl(position, market, state.currency), blocked(state, position, market))
        for position in state.positions.values()
    ]


def standing_of(state: AccountState, holdings: list[Holding]) -> Standing:
    """Equity and margin used with these holdings."""
    profit = sum((holding.profit for holding in holdings), ZERO)
    return Standing(state.balance + profit, sum((holding.blocked for holding in holdings), ZERO))
