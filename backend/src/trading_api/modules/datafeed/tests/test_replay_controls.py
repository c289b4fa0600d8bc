"""Going elsewhere, looping, stepping and choosing symbols while a small recorded market is played."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trading_api.models.market.status import ReplayControl
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.providers.base import HistoryChanged, Message
from trading_api.modules.datafeed.tests.by_hand import EndOfTest
from trading_api.modules.datafeed.tests.small_market import (
    FRIDAY,
    MINUTE,
    MONDAY,
    Played,
    quote_row,
    trade_row,
    write_small_market,
    write_zip,
)
from trading_api.shared.errors import TradingError

HALF_PAST_TEN = 10 * 3_600_000 + 30 * MINUTE


class Controlled:
    """The small market with IBM beside SPY, and everything that it emits."""

    def __init__(self, root: Path, **terms: Any) -> None:
        write_small_market(root)
        friday = root / "lean/equity/usa/minute/ibm"
        write_zip(friday / "20131004_trade.zip", trade_row(HALF_PAST_TEN, 20_000))
        write_zip(friday / "20131004_quote.zip", quote_row(HALF_PAST_TEN, 20_000))
        self.played = Played(root, **terms)
        self.provider = self.played.provider
        self.messages: list[Message] = []

    async def run(self, seconds: float) -> list[Message]:
        """What is emitted within so many seconds."""
        before = len(self.messages)
        self.played.pacer.end = self.played.pacer.elapsed + seconds
        with pytest.raises(EndOfTest):
            await self.provider.run(self.messages.append)
        return self.messages[before:]

    def control(self, **wanted: Any) -> None:
        self.provider.replay.change(ReplayControl.model_validate(wanted))


@pytest.fixture
def market(tmp_path: Path) -> Controlled:
    return Controlled(tmp_path, speed=1000)


def ticks_of(messages: list[Message]) -> list[Message]:
    return [message for message in messages if isinstance(message, Quote | Trade)]


@pytest.mark.parametrize("target", [FRIDAY, FRIDAY + 20_000, FRIDAY + 5 * MINUTE, MONDAY - 1, MONDAY])
async def test_a_jump_plays_what_a_start_there_plays(tmp_path: Path, target: int) -> None:
    market = Controlled(tmp_path / "jumped", speed=1000)
    await market.run(20)
    market.control(time=target)
    state = market.provider.replay.state()
    assert (state.time, state.finished) == (target, False)
    assert market.provider.position() == target - 1
    begun = Controlled(tmp_path / "begun", speed=1000, start=target)
    assert ticks_of(await market.run(700)) == ticks_of(await begun.run(700))


async def test_a_jump_while_playing_is_told_before_anything_else(market: Controlled) -> None:
    jumped: list[int] = []

    def jump_once() -> None:
        if not jumped and len(ticks_of(market.messages)) > 8:
            jumped.append(len(market.messages))
            market.control(time=FRIDAY)

    market.played.pacer.on_wait = jump_once
    messages = await market.run(700)
    after = messages[jumped[0] :]
    assert after[:2] == [HistoryChanged(), ClockMoved(FRIDAY, jumped=True)]
    assert ticks_of(after)[:8] == ticks_of(messages)[:8]
    assert market.provider.replay.state().finished


async def test_after_a_jump_nothing_of_later_is_known(market: Controlled) -> None:
    await market.run(700)
    assert market.provider.trade("SPY", market.provider.position()) is not None
    market.control(time=FRIDAY)
    assert market.provider.trade("SPY", market.provider.position()) is None
    assert market.provider.state("SPY", market.provider.position()) == "waiting"


async def test_a_loop_begins_anew_where_the_replay_began(market: Controlled) -> None:
    market.control(loop=True, speed=0)
    once: list[Message] = []

    def end_after_two_rounds() -> None:
        if sum(isinstance(message, HistoryChanged) for message in market.messages) == 2 and not once:
            once.extend(market.messages)
            market.control(loop=False)

    market.played.pacer.on_wait = end_after_two_rounds
    await market.run(700)
    turns = [place for place, message in enumerate(market.messages) if isinstance(message, HistoryChanged)]
    rounds = [market.messages[: turns[0]], market.messages[turns[0] : turns[1]], market.messages[turns[1] :]]
    assert ticks_of(rounds[0]) == ticks_of(rounds[1]) == ticks_of(rounds[2])
    assert market.provider.replay.state().finished


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        ("1S", [FRIDAY + 999, FRIDAY + 20_999, FRIDAY + 40_999]),
        ("1", [FRIDAY + MINUTE - 1, FRIDAY + 2 * MINUTE - 1, FRIDAY + 11 * MINUTE - 1]),
        ("30", [FRIDAY + 30 * MINUTE - 1, FRIDAY + 90 * MINUTE - 1, MONDAY + MINUTE - 1]),
        ("1D", [FRIDAY + 390 * MINUTE - 1, MONDAY + MINUTE - 1]),
    ],
)
async def test_a_step_plays_to_the_end_of_a_bar_and_pauses(
    tmp_path: Path, step: str, ends: list[int]
) -> None:
    market = Controlled(tmp_path, paused=True)
    for end in ends:
        market.control(step=step)
        assert market.provider.replay.state().playing
        played = ticks_of(await market.run(1))
        assert played
        state = market.provider.replay.state()
        assert (state.time, state.playing) == (end, False)


async def test_a_pause_ends_a_step_that_is_under_way(market: Controlled) -> None:
    market.control(step="1D")
    market.control(playing=False)
    assert ticks_of(await market.run(10)) == []
    market.control(playing=True)
    await market.run(700)
    assert market.provider.replay.state().finished


async def test_only_what_is_chosen_is_played(market: Controlled) -> None:
    market.control(symbols=["IBM"])
    assert market.provider.state("SPY", market.provider.position()) == "idle"
    assert market.provider.problem("SPY") == "SPY is not among the symbols that are played."
    assert market.provider.problem("IBM") is None
    assert market.provider.replay.state().symbols == ["IBM"]
    played = ticks_of(await market.run(700))
    assert {tick.symbol for tick in played if isinstance(tick, Quote | Trade)} == {"IBM"}
    market.control(symbols=[], time=FRIDAY)
    assert market.provider.replay.state().symbols is None
    both = ticks_of(await market.run(700))
    assert {tick.symbol for tick in both if isinstance(tick, Quote | Trade)} == {"IBM", "SPY"}


async def test_a_fraction_of_a_second_a_second(tmp_path: Path) -> None:
    market = Controlled(tmp_path)
    market.control(speed=0.5)
    await market.run(100)
    assert market.played.clock.now_ms() == pytest.approx(FRIDAY + 50_000, abs=300)


async def test_as_fast_as_possible_loses_nothing(tmp_path: Path) -> None:
    market, slow = Controlled(tmp_path / "fast"), Controlled(tmp_path / "slow", speed=60)
    market.control(speed=0)
    fast = await market.run(1)
    assert market.provider.replay.state().finished
    assert ticks_of(fast) == ticks_of(await slow.run(10_000))


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ({"time": 0}, "time: 0 is before 1970."),
        (
            {"time": MONDAY + MINUTE},
            f"time: {MONDAY + MINUTE} is after the last event that is played, of 2013-10-07T13:30:59+00:00.",
        ),
        ({"step": "7X"}, "There are no bars of '7X', but of "),
        ({"step": "1", "playing": False}, "step: 1 cannot be done by a replay that is paused"),
        ({"symbols": ["SPY", "NOPE"]}, "The symbol NOPE is not among the recordings."),
        ({"symbols": ["IBM"], "time": MONDAY}, f"time: {MONDAY} is after the last event that is played"),
    ],
)
async def test_what_cannot_be_done_changes_nothing(
    market: Controlled, wanted: dict[str, Any], text: str
) -> None:
    await market.run(5)
    before, count = market.provider.replay.state(), len(market.messages)
    with pytest.raises(TradingError) as caught:
        market.control(**({"speed": 7, "loop": True} | wanted))
    assert caught.value.detail.startswith(text)
    assert market.provider.replay.state() == before
    assert len(market.messages) == count


def test_a_speed_of_zero_is_taken_and_a_negative_one_is_not() -> None:
    assert ReplayControl(speed=Decimal(0)).speed == 0
    with pytest.raises(ValueError, match="greater than or equal to 0"):
        ReplayControl(speed=Decimal(-1))
