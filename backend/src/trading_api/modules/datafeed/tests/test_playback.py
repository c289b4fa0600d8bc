"""Speed, pause, skipping, stopping and going on, on a small recorded market."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from trading_api.models.market.status import ReplayControl
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.tests.asked import ask_for
from trading_api.modules.datafeed.tests.small_market import (
    FRIDAY,
    HOUR,
    MINUTE,
    MONDAY,
    Played,
    new_york,
    write_small_market,
)
from trading_api.shared.errors import StartupError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_small_market(tmp_path)


async def test_a_replay_begins_with_the_first_event_and_ends_with_the_last(root: Path) -> None:
    played = Played(root, seconds=600, speed=1000)
    state = played.provider.replay.state()
    assert (state.time, state.start, state.playing, state.finished) == (FRIDAY, FRIDAY, True, False)
    await played.run()
    state = played.provider.replay.state()
    assert (state.time, state.end) == (MONDAY + 59_999, MONDAY + 59_999)
    assert (state.playing, state.finished) == (False, True)
    times = [message.time for message in played.messages]
    assert times == sorted(times)
    assert [trade.time for trade in played.trades if trade.time % MINUTE == 0] == [
        FRIDAY,
        FRIDAY + MINUTE,
        FRIDAY + 10 * MINUTE,
        MONDAY,
    ]


async def test_a_minute_is_four_moments_and_the_quote_comes_first(root: Path) -> None:
    played = Played(root, seconds=70)
    await played.run()
    first = [message for message in played.messages if isinstance(message, Quote | Trade)][:8]
    assert [message.time - FRIDAY for message in first] == [
        0,
        0,
        20_000,
        20_000,
        40_000,
        40_000,
        59_999,
        59_999,
    ]
    assert [isinstance(message, Quote) for message in first] == [True, False] * 4
    # The low is nearer to the open than the high.
    assert [trade.price for trade in played.trades[:4]] == [
        100,
        Decimal("99.8"),
        Decimal("100.3"),
        Decimal("100.1"),
    ]
    assert [trade.size for trade in played.trades[:4]] == [250, 250, 250, 253]
    assert all(quote.bid < quote.ask for quote in first if isinstance(quote, Quote))


@pytest.mark.parametrize("speed", [1, 7, 60, 1000])
async def test_speed_is_market_seconds_per_second(root: Path, speed: int) -> None:
    played = Played(root, seconds=100 / speed, speed=speed)
    await played.run()
    assert played.clock.now_ms() == pytest.approx(FRIDAY + 100_000, abs=300 * speed)


async def test_changing_the_speed_takes_effect_at_once(root: Path) -> None:
    played = Played(root, seconds=10)
    await played.run()
    assert played.clock.now_ms() == pytest.approx(FRIDAY + 10_000, abs=300)
    played.provider.replay.change(ReplayControl(speed=Decimal(10)))
    assert played.pacer.woken == 1
    played.pacer.end = 20
    await played.run()
    assert played.clock.now_ms() == pytest.approx(FRIDAY + 110_000, abs=3_000)


async def test_a_pause_stops_the_market_and_costs_nothing(root: Path) -> None:
    played = Played(root, seconds=500, paused=True)
    assert not played.provider.replay.state().playing
    await played.run()
    assert played.messages == []
    assert played.clock.now_ms() == FRIDAY
    played.provider.replay.change(ReplayControl(playing=True))
    played.pacer.end = played.pacer.elapsed + 10
    await played.run()
    assert played.clock.now_ms() == pytest.approx(FRIDAY + 10_000, abs=300)


async def test_the_time_of_a_pause_is_not_made_up_for(root: Path) -> None:
    played = Played(root, seconds=100, speed=1000, paused=True)
    seen: list[int] = []

    def go_on() -> None:
        seen.append(played.clock.now_ms())
        played.provider.replay.change(ReplayControl(playing=True))

    played.pacer.on_wait = go_on
    await played.run()
    assert seen[:2] == [FRIDAY, FRIDAY]
    assert seen[-1] > FRIDAY


async def test_pausing_in_mid_play_keeps_what_was_played(root: Path) -> None:
    played = Played(root, seconds=1_000)

    def pause_after_half_a_minute() -> None:
        if played.clock.now_ms() >= FRIDAY + 30_000:
            played.provider.replay.change(ReplayControl(playing=False))

    played.pacer.on_wait = pause_after_half_a_minute
    await played.run()
    assert FRIDAY + 30_000 <= played.clock.now_ms() < FRIDAY + 31_000
    assert len(played.trades) == 2


async def test_silence_is_skipped_by_way_of_the_close(root: Path) -> None:
    played = Played(root, seconds=600, speed=1000)
    await played.run()
    clock = played.clock_times
    assert FRIDAY + MINUTE in clock
    after_lunch = clock.index(FRIDAY + 10 * MINUTE - 1)  # nothing between 9:31:59.999 and 9:40
    assert clock[after_lunch - 1] == FRIDAY + MINUTE
    close = new_york(2013, 10, 4, 16)
    assert clock[clock.index(close) + 1] == MONDAY - 1
    assert close not in [trade.time for trade in played.trades]


async def test_the_clock_moves_every_minute_of_a_short_silence(tmp_path: Path) -> None:
    root = write_small_market(tmp_path)
    played = Played(root, seconds=600, speed=100, start=FRIDAY + 6 * MINUTE)
    await played.run()
    assert played.clock_times[:4] == [FRIDAY + n * MINUTE for n in (6, 7, 8, 9)]


async def test_it_goes_on_where_it_stopped(root: Path) -> None:
    first = Played(root, seconds=50)
    await first.run()
    kept = json.loads((root / "state" / "clock.json").read_text())
    assert kept == {"time": first.clock.now_ms()}
    second = Played(root, seconds=100)
    assert second.clock.now_ms() == first.clock.now_ms()
    await second.run()
    whole = Played(root, seconds=150, start=FRIDAY)
    await whole.run()
    both = [*first.trades, *second.trades]
    assert both == whole.trades[: len(both)]
    assert len(both) >= 7


async def test_the_position_is_saved_about_once_a_second(root: Path) -> None:
    played = Played(root, seconds=30)
    saved = []
    path = root / "state" / "clock.json"
    played.pacer.on_wait = lambda: saved.append(
        (played.clock.now_ms(), json.loads(path.read_text())["time"] if path.exists() else FRIDAY)
    )
    await played.run()
    assert max(now - kept for now, kept in saved) <= 1_500


async def test_a_chosen_start_outranks_the_saved_one(root: Path) -> None:
    await Played(root, seconds=50).run()
    chosen = Played(root, start=FRIDAY + 5_000)
    assert chosen.clock.now_ms() == FRIDAY + 5_000


async def test_after_the_end_it_stays_at_the_end(root: Path) -> None:
    await Played(root, seconds=600, speed=1000).run()
    again = Played(root, seconds=600)
    await again.run()
    assert again.provider.replay.state().finished
    assert again.messages == []
    assert again.clock.now_ms() == MONDAY + 59_999
    assert again.provider.state("SPY", again.provider.position()) == "closed"


@pytest.mark.parametrize("start", [-(10**12), 0])
async def test_a_start_before_the_recording_goes_on_to_its_first_event(root: Path, start: int) -> None:
    played = Played(root, seconds=60, speed=1000, start=start)
    await played.run()
    assert played.provider.replay.state().finished
    assert played.trades


@pytest.mark.parametrize("start", [MONDAY + HOUR, 4 * 10**12])
def test_a_start_after_the_recording_is_refused(root: Path, start: int) -> None:
    with pytest.raises(StartupError, match=r"The recordings end at 2013-10-07T13:30:59\+00:00, before"):
        Played(root, start=start)


async def test_an_event_at_the_chosen_start_is_played_not_history(root: Path) -> None:
    played = Played(root, seconds=1, start=FRIDAY + 20_000)
    until = played.provider.position()
    assert played.clock.now_ms() == FRIDAY + 20_000
    trade = played.provider.trade("SPY", until)
    assert trade is not None
    assert trade.time == FRIDAY
    await played.run()
    assert played.trades[0].time == FRIDAY + 20_000


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"time": "now"}', '{"time": -1}', '{"time": true}', '{"time": 1e400}', "\x00"],
)
def test_a_spoiled_position_stops_the_start(root: Path, content: str) -> None:
    (root / "state").mkdir()
    (root / "state" / "clock.json").write_text(content)
    with pytest.raises(StartupError, match=r"clock\.json does not say where the replay stopped"):
        Played(root)


def test_older_days_come_from_the_daily_file_and_played_days_from_what_was_played(root: Path) -> None:
    provider = Played(root).provider
    far = BarWindow(0, 10**14)
    before = ask_for(provider, "SPY", "1D", far, FRIDAY - 1).bars
    assert before.volume.tolist() == [20131002, 20131003]
    at_open = ask_for(provider, "SPY", "1D", far, FRIDAY).bars
    assert at_open.volume.tolist() == [20131002, 20131003, 250]
    weekend = ask_for(provider, "SPY", "1D", far, MONDAY - 1).bars
    assert weekend.volume.tolist() == [20131002, 20131003, 3 * 1_003]
    later = ask_for(provider, "SPY", "1D", far, MONDAY + 3 * 24 * HOUR).bars
    assert later.volume.tolist() == [20131002, 20131003, 3 * 1_003, 1_003, 20131008]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (FRIDAY - 1, "waiting"),
        (FRIDAY, "replayed"),
        (FRIDAY + 6 * HOUR, "replayed"),
        (new_york(2013, 10, 4, 16), "closed"),
        (new_york(2013, 10, 8, 12), "closed"),
    ],
)
def test_the_state_of_a_symbol(root: Path, moment: int, state: str) -> None:
    assert Played(root).provider.state("SPY", moment) == state
