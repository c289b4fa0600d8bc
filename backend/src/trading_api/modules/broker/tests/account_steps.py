"""Steps of a random walk that change on what terms an account trades, and what holds on all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from trading_api.models.broker.accounts import CommissionKind, TradingState
from trading_api.modules.broker.engine import AccountState, Command, Event, Market
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.commands import ChangeTerms, SetLeverage, SetTradingState
from trading_api.modules.broker.engine.events import (
    LiquidationBegan,
    MarginRecovered,
    MarginWarned,
    OrderAccepted,
)
from trading_api.modules.broker.engine.exact import exact, quotient
from trading_api.modules.broker.engine.margin_level import Verdict, holdings_of, standing_of
from trading_api.modules.broker.engine.terms import CommissionTerms, RiskTerms
from trading_api.modules.broker.tests.engine_cases import Desk

D = Decimal
MARGIN_EVENTS = (MarginWarned, MarginRecovered, LiquidationBegan)


@dataclass(frozen=True)
class CommissionStep:
    """Executions cost this from now on."""

    commission: CommissionTerms
    premium: int

    def command(self, desk: Desk) -> Command:
        """The change of the terms."""
        terms = replace(desk.state.terms, commission=self.commission)
        return ChangeTerms(replace(terms, guaranteed_stop_premium_bps=D(self.premium)))


@dataclass(frozen=True)
class RiskStep:
    """The account has these limits from now on."""

    risk: RiskTerms

    def command(self, desk: Desk) -> Command:
        """The change of the terms."""
        return ChangeTerms(replace(desk.state.terms, risk=self.risk))


@dataclass(frozen=True)
class BrinkStep:
    """The margin levels are put about where the account stands, so that little brings it down."""

    above: int
    """The maintenance level in thousandths of the present one."""
    width: int
    """So many thousandths below it the liquidation level is."""

    def command(self, desk: Desk) -> Command:
        """The change of the terms; nothing while nothing is held."""
        state = desk.state
        with exact():
            standing = standing_of(state, holdings_of(state, desk.market))
            if standing.used <= 0 or standing.equity <= 0:
                return ChangeTerms(state.terms)
            level = quotient(standing.equity, standing.used)
            maintenance = level * self.above / 1000
            liquidation = max(D(0), maintenance - level * self.width / 1000)
        return ChangeTerms(replace(state.terms, risk=RiskTerms(None, None, None, maintenance, liquidation)))


@dataclass(frozen=True)
class LeverageStep:
    """A symbol is traded with this leverage from now on."""

    symbol: str
    leverage: int

    def command(self, desk: Desk) -> Command:
        """The change, for an instrument of the desk."""
        return SetLeverage(self.symbol, D(self.leverage))


@dataclass(frozen=True)
class StateStep:
    """The account may do this from now on."""

    state: TradingState
    cancels: bool

    def command(self, desk: Desk) -> Command:
        """The change."""
        return SetTradingState(self.state, self.cancels)


AccountStep = CommissionStep | RiskStep | BrinkStep | LeverageStep | StateStep

commissions = st.sampled_from(
    [
        CommissionTerms(),
        CommissionTerms(CommissionKind.PER_ORDER, D("2.50")),
        CommissionTerms(CommissionKind.PER_SHARE, D("0.005"), minimum=D(1)),
        CommissionTerms(CommissionKind.BASIS_POINTS, D("1.5")),
        CommissionTerms(CommissionKind.MAKER_TAKER, D(5), maker_rate=D(-1)),
    ]
)
risks = st.sampled_from(
    [
        RiskTerms(),
        RiskTerms(max_orders_per_second=3),
        RiskTerms(max_order_notional=D(500), max_position_notional=D(2000)),
        RiskTerms(maintenance_level=D(30), liquidation_level=D(10)),
        RiskTerms(maintenance_level=D(3), liquidation_level=D(2)),
    ]
)
states = st.sampled_from([*TradingState, TradingState.ACTIVE, TradingState.ACTIVE])


def account_steps(symbols: st.SearchStrategy[str]) -> st.SearchStrategy[AccountStep]:
    """Changes of everything that is chosen per account."""
    return st.one_of(
        st.builds(CommissionStep, commissions, st.sampled_from([0, 30])),
        st.builds(RiskStep, risks),
        st.builds(BrinkStep, st.integers(995, 1001), st.integers(0, 3)),
        st.builds(BrinkStep, st.integers(995, 1001), st.integers(0, 3)),
        st.builds(LeverageStep, symbols, st.integers(0, 25)),
        st.builds(StateStep, states, st.booleans()),
    )


def check_margin_is_said(state: AccountState, market: Market) -> None:
    """The account has been warned if, and only if, its margin level is too low."""
    with exact():
        verdict = standing_of(state, holdings_of(state, market)).verdict(state.terms.risk)
    assert state.margin_warned is (verdict is not Verdict.SOUND)


def check_trading_state(before: AccountState, events: Iterable[Event]) -> None:
    """A halted account accepts nothing but its own liquidation, brackets apart."""
    if before.trading_state is not TradingState.HALTED:
        return
    for event in events:
        if isinstance(event, OrderAccepted) and event.cause is not None:
            assert event.order.is_bracket or event.cause.rule is Rule.LIQUIDATION
