"""Walks of the soak: every invariant after each step, and restarts.

A walk goes near the market most of the time, and now and then changes terms, leverage and trading state.
After some steps the account begins again as it is read back from JSON: from its events, or as a server
starts, from its head and what is open; on some walks from a database.
"""

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from random import Random

from benchmarks.soak.store import Store
from trading_api.models.broker.accounts import CommissionKind, FillModelKind, TradingState
from trading_api.modules.broker.engine import AccountState, fold
from trading_api.modules.broker.engine.account_head import read_head, write_head
from trading_api.modules.broker.engine.codec import EVENT, ORDER, POSITION
from trading_api.modules.broker.engine.evolve import restored
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms, FillTerms, RiskTerms
from trading_api.modules.broker.tests.account_steps import (
    BrinkStep,
    CommissionStep,
    LeverageStep,
    RiskStep,
    StateStep,
)
from trading_api.modules.broker.tests.dense_walks import SYMBOLS, any_terms, dense_step
from trading_api.modules.broker.tests.engine_cases import opened
from trading_api.modules.broker.tests.engine_walks import ExecuteStep, Step, Walk
from trading_api.modules.broker.tests.market_steps import BarStep, DepthStep

STEPS_OF_A_WALK = 250
STORED_WALKS = 50
"""One in so many is written to a database at each restart, and read back from there."""
PLAIN = 1 / 3
RARE, RESTART = 0.05, 0.02
"""Chances of a step to be of another kind, and to be followed by a restart."""

Again = Callable[[Walk, AccountState, int], AccountState]
"""A way to begin again, given the state from which a walk began and how many events there had been."""

D = Decimal
COMMISSIONS = (
    CommissionTerms(),
    CommissionTerms(CommissionKind.PER_ORDER, D("2.50")),
    CommissionTerms(CommissionKind.PER_SHARE, D("0.005"), minimum=D(1)),
    CommissionTerms(CommissionKind.BASIS_POINTS, D("1.5")),
    CommissionTerms(CommissionKind.MAKER_TAKER, D(5), maker_rate=D(-1)),
)
RISKS = (
    RiskTerms(),
    RiskTerms(max_orders_per_second=3),
    RiskTerms(max_order_notional=D(500), max_position_notional=D(2000)),
    RiskTerms(maintenance_level=D(30), liquidation_level=D(10)),
    RiskTerms(maintenance_level=D(3), liquidation_level=D(2)),
)


@dataclass
class Tally:
    """What walks have come to."""

    steps: int = 0
    restarts: int = 0
    events: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Those of other walks as well."""
        self.steps += other.steps
        self.restarts += other.restarts
        self.events += other.events
        self.failures += other.failures


def walked(seed: int) -> Tally:
    """One walk; one that fails ends there."""
    tally = Tally()
    try:
        for step in _steps(seed, tally):
            tally.steps += bool(step)
    except Exception:  # noqa: BLE001  # whatever it is, it is reported with the walk
        tally.failures.append(f"walk {seed}, step {tally.steps + 1}:\n{traceback.format_exc()}")
    return tally


def _steps(seed: int, tally: Tally) -> Iterator[Step]:
    random = Random(seed)
    terms = soak_terms(random)
    walk = Walk(terms)
    begun, seen = opened(terms=terms), 0
    with Store(terms) if seed % STORED_WALKS == 0 else nullcontext() as store:
        ways = (from_events, from_head) if store is None else (store.read_back,)
        for _ in range(STEPS_OF_A_WALK):
            step = rare_step(random, walk) if random.random() < RARE else dense_step(random, walk)
            walk.take(step)
            walk.check_at_rest()
            if random.random() < RESTART:
                begun = restart(walk, begun, seen, random.choice(ways))
                seen, tally.restarts = len(walk.desk.events), tally.restarts + 1
            yield step
    events = [EVENT.read(EVENT.write(event)) for event in walk.desk.events]
    assert fold(opened(terms=terms), events) == walk.desk.state, "the whole journal gives another state"
    tally.events.update(event.type for event in events)


def soak_terms(random: Random) -> AccountTerms:
    """Every fill model, and all that worsens it; on one in three plain terms, which allow more checks."""
    terms = any_terms(random)
    fills = replace(
        terms.fills,
        model=random.choice([*FillModelKind, *[FillModelKind.TOP_OF_BOOK] * 4]),
        touch_probability=random.choice([D(1), D(1), D("0.5")]),
    )
    plain = random.random() < PLAIN
    return replace(terms, fills=FillTerms() if plain else fills, commission=random.choice(COMMISSIONS))


def rare_step(random: Random, walk: Walk) -> Step:
    """A change of what is chosen per account, a book, a bar for who sees bars, or a command for debugging."""
    symbol, near = random.choice(SYMBOLS), random.randint(0, 8)
    makers: tuple[Callable[[], Step], ...] = (
        lambda: CommissionStep(random.choice(COMMISSIONS), random.choice((0, 30))),
        lambda: RiskStep(random.choice(RISKS)),
        lambda: BrinkStep(random.randint(995, 1001), random.randint(0, 3)),
        lambda: LeverageStep(symbol, random.randint(0, 25)),
        lambda: StateStep(random.choice([*TradingState, *[TradingState.ACTIVE] * 3]), random.random() < 0.5),
        lambda: DepthStep(symbol, near, random.randint(0, 3), random.randint(1, 9)),
        ExecuteStep,
    )
    if walk.desk.state.terms.fills.model is FillModelKind.BARS:
        makers += (partial(_bar, random, symbol),) * len(makers)
    return random.choice(makers)()


def _bar(random: Random, symbol: str) -> Step:
    first, rise, fall, last = (random.randint(0, 8) for _ in range(4))
    return BarStep(symbol, first, rise, fall, last, random.choice((1, 5, 60_000)))


def restart(walk: Walk, begun: AccountState, seen: int, again: Again) -> AccountState:
    """The account goes on as it is read back; `begun` was its state after the first `seen` events."""
    state = again(walk, begun, seen)
    assert state == walk.desk.state, f"{again.__name__}: another state is read back"
    for symbol in state.symbols:
        assert state.book(symbol).reach == walk.desk.state.book(symbol).reach, "it waits for something else"
    walk.desk.state = walk.checked = state
    return state


def from_events(walk: Walk, begun: AccountState, seen: int) -> AccountState:
    """Events since the last restart, from JSON."""
    return fold(begun, [EVENT.read(EVENT.write(event)) for event in walk.desk.events[seen:]])


def from_head(walk: Walk, begun: AccountState, seen: int) -> AccountState:
    """As a server starts: what is no entity, and what is open, from JSON."""
    state = walk.desk.state
    return restored(
        read_head(state.account_id, state.epoch, write_head(state)),
        [ORDER.read(ORDER.write(order)) for order in state.open_orders],
        [POSITION.read(POSITION.write(position)) for position in state.open_positions],
        dict(state.client_order_ids),
    )
