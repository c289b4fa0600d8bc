"""`make soak`: random walks for as many steps as asked for, every invariant after each step, with restarts.

A walk goes near the market most of the time, and now and then changes terms, leverage and trading state. After
some steps the account begins again, from its events or from its head and what is open, all read back from JSON.
The same seed takes the same steps; a failure names the walk, which `--seed WALK --steps 1` takes again.
"""

import argparse
import multiprocessing
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from trading_api.models.broker.accounts import CommissionKind, FillModelKind, TradingState
from trading_api.modules.broker.engine import AccountState, fold
from trading_api.modules.broker.engine.account_head import read_head, write_head
from trading_api.modules.broker.engine.codec import EVENT, ORDER, POSITION
from trading_api.modules.broker.engine.evolve import restored
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms, RiskTerms
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
RARE, RESTART = 0.05, 0.02
"""Chances of a step to be of another kind, and to be followed by a restart."""

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


def main() -> int:
    """Walk, report and say whether all invariants held."""
    options = _options()
    started, shown, total = time.monotonic(), time.monotonic(), Tally()
    walks = -(-options.steps // STEPS_OF_A_WALK)
    seeds = range(options.seed, options.seed + walks)
    with multiprocessing.Pool(options.jobs) as pool:
        for tally in pool.imap_unordered(walked, seeds, chunksize=4):
            total.add(tally)
            if time.monotonic() - shown > 30:
                shown = time.monotonic()
                print(f"{total.steps:,} steps, {total.events.total():,} events ...", flush=True)
    _report(total, options.seed, time.monotonic() - started)
    return int(bool(total.failures))


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
    begun, seen = walk.desk.state, len(walk.desk.events)
    for _ in range(STEPS_OF_A_WALK):
        step = rare_step(random) if random.random() < RARE else dense_step(random, walk)
        walk.take(step)
        walk.check_at_rest()
        if random.random() < RESTART:
            begun = restart(walk, begun, seen, random.choice((from_events, from_head)))
            seen, tally.restarts = len(walk.desk.events), tally.restarts + 1
        yield step
    events = [EVENT.read(EVENT.write(event)) for event in walk.desk.events]
    assert fold(opened(terms=terms), events) == walk.desk.state, "the whole journal gives another state"
    tally.events.update(event.type for event in events)


def soak_terms(random: Random) -> AccountTerms:
    """Every fill model, and all that worsens it."""
    terms = any_terms(random)
    fills = replace(
        terms.fills,
        model=random.choice([*FillModelKind, *[FillModelKind.TOP_OF_BOOK] * 4]),
        touch_probability=random.choice([D(1), D(1), D("0.5")]),
    )
    return replace(terms, fills=fills, commission=random.choice(COMMISSIONS))


def rare_step(random: Random) -> Step:
    """A change of what is chosen per account, a book, a bar, or a command for debugging."""
    symbol, near = random.choice(SYMBOLS), [random.randint(0, 8) for _ in range(4)]
    makers: tuple[Callable[[], Step], ...] = (
        lambda: CommissionStep(random.choice(COMMISSIONS), random.choice((0, 30))),
        lambda: RiskStep(random.choice(RISKS)),
        lambda: BrinkStep(random.randint(995, 1001), random.randint(0, 3)),
        lambda: LeverageStep(symbol, random.randint(0, 25)),
        lambda: StateStep(random.choice([*TradingState, *[TradingState.ACTIVE] * 3]), random.random() < 0.5),
        lambda: DepthStep(symbol, near[0], random.randint(0, 3), random.randint(1, 9)),
        lambda: BarStep(symbol, *near, random.choice((1, 5, 60_000))),
        lambda: ExecuteStep(),
    )
    return random.choice(makers)()


def restart(
    walk: Walk, begun: AccountState, seen: int, again: Callable[[Walk, AccountState, int], AccountState]
) -> AccountState:
    """The account goes on as it is read back; `begun` was its state after the first `seen` events."""
    state = again(walk, begun, seen)
    assert state == walk.desk.state, f"{again.__name__} another state is read back"
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


def _report(total: Tally, seed: int, seconds: float) -> None:
    print(f"seed {seed}: {total.steps:,} steps, {total.restarts:,} restarts, {seconds:,.0f} s")
    print(f"{total.events.total():,} events: " + ", ".join(f"{n:,} {e}" for e, n in total.events.most_common()))
    for failure in total.failures[:5]:
        print(failure, file=sys.stderr)
    print(f"{len(total.failures)} walks failed" if total.failures else "every invariant held after every step")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1, help="of the first walk; each next walk has the next")
    parser.add_argument("--jobs", type=int, default=None, help="processes; default: one a core")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
