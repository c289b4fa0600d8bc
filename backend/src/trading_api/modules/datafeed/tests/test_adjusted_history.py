"""Adjusted bars of every length, across Apple's seven-for-one split of 2014-06-09, asked and streamed."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.models.market.bars import Adjustment, Bar, BarsSubscriptionRequest
from trading_api.models.market.quotes import QuotesSubscriptionRequest
from trading_api.models.market.ticks import Trade
from trading_api.modules.datafeed.adjusted_history import AdjustedHistory
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.resolution import day_stamp
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.providers.base import HistoryChanged, Instrument, Message
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.replay.recordings import read_recordings
from trading_api.modules.datafeed.requests import resolution_of
from trading_api.modules.datafeed.streams import DatafeedStreams
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandPacer, HandTimers
from trading_api.modules.datafeed.tests.small_market import new_york
from trading_api.modules.datafeed.tests.test_datafeed_api import application
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.ws.topics import Topic

EQUITIES = Path("lean/equity/usa")
BEFORE, AFTER = new_york(2014, 6, 6, 15, 50), new_york(2014, 6, 9, 10, 0)
EX_DATE = day_stamp(date(2014, 6, 9))
FAR = 4_000_000_000_000


@pytest.fixture(scope="module")
def apple(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of recordings that holds nothing but Apple."""
    root = tmp_path_factory.mktemp("apple")
    for name in ("minute/aapl", "daily/aapl.zip", "factor_files/aapl.csv"):
        source, target = recordings / EQUITIES / name, root / EQUITIES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    return root


def provider_at(apple: Path, state: Path, moment: int) -> ReplayProvider:
    provider = ReplayProvider(
        lambda: read_recordings(apple),
        state,
        PlaybackClock(),
        HandPacer(3_600),
        start=datetime.fromtimestamp(moment / 1000, UTC),
        speed=Decimal(1000),
    )
    provider.load()
    return provider


class Asked:
    """The history of Apple at one moment."""

    def __init__(self, provider: ReplayProvider) -> None:
        self.provider = provider
        self.history = AdjustedHistory(provider)
        self.instrument: Instrument = next(iter(provider.instruments()))

    def bars(
        self,
        resolution: str,
        adjustment: Adjustment | None = None,
        window: BarWindow | None = None,
    ) -> list[Bar]:
        wanted = window or BarWindow(0, FAR)
        until = self.provider.position()
        return self.history.read_bars(self.instrument, resolution_of(resolution), wanted, until, adjustment)


@pytest.fixture(scope="module")
def after(apple: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(provider_at(apple, tmp_path_factory.mktemp("state"), AFTER))


def returns(bars: list[Bar]) -> dict[int, float]:
    return {bar.time: float(bar.close / before.close) - 1 for before, bar in pairwise(bars)}


def test_the_default_is_adjusted_for_splits(after: Asked) -> None:
    assert after.history.default(after.instrument) == "split"
    assert after.bars("1D") == after.bars("1D", "split")
    assert returns(after.bars("1D", "raw"))[EX_DATE] < -0.8
    assert abs(returns(after.bars("1D"))[EX_DATE]) < 0.03


def test_nothing_of_the_split_is_known_on_the_day_before(apple: Path, tmp_path: Path) -> None:
    before = Asked(provider_at(apple, tmp_path, BEFORE))
    friday = before.bars("1D")[-1]
    assert 600 < friday.close < 700
    assert before.bars("1D")[-300:] == before.bars("1D", "raw")[-300:]


@pytest.mark.parametrize("adjustment", ["raw", "split", "total"])
@pytest.mark.parametrize("resolution", ["1W", "1M", "3M", "12M"])
def test_longer_bars_are_those_of_adjusted_days(
    after: Asked, resolution: str, adjustment: Adjustment
) -> None:
    days = after.bars("1D", adjustment)
    longer = after.bars(resolution, adjustment)
    for bar, following in pairwise(longer):
        within = [day for day in days if bar.time <= day.time < following.time]
        if within[0] is days[0]:
            continue  # the oldest days were left out of the answer
        assert bar.open == within[0].open
        assert bar.high == max(day.high for day in within)
        assert bar.low == min(day.low for day in within)
        assert bar.close == within[-1].close
        assert bar.volume == sum((day.volume or Decimal(0) for day in within), Decimal(0))


@pytest.mark.parametrize("resolution", ["1", "60", "1D", "1W"])
def test_pieces_are_the_whole(after: Asked, resolution: str) -> None:
    whole = after.bars(resolution, "total")[-1_000:]
    pieces: list[Bar] = []
    end = FAR
    while len(pieces) < len(whole):
        piece = after.bars(resolution, "total", BarWindow(end, end, 37))
        pieces = piece + pieces
        end = pieces[0].time
    assert pieces[-len(whole) :] == whole


def test_minutes_of_the_days_before_are_adjusted(after: Asked) -> None:
    raw, split = after.bars("1", "raw"), after.bars("1")
    assert [bar.time for bar in raw] == [bar.time for bar in split]
    first, last = raw[0], raw[-1]
    assert split[0].close == pytest.approx(first.close / 7, abs=Decimal("0.00000001"))
    assert split[0].volume == (first.volume or 0) * 7
    assert split[-1] == last


class Recorder:
    """What live topics publish while a market is played."""

    def __init__(self, provider: ReplayProvider) -> None:
        self.timers = HandTimers()
        directory = SymbolDirectory(provider.instruments())
        self.streams = DatafeedStreams(provider, lambda: directory, provider.position, self.timers)
        self.published: dict[str, list[Any]] = {}

    async def open(self, topic: Topic) -> None:
        updates = self.published.setdefault(topic.name, [])

        def publish(update: Any) -> None:
            updates.append(update.data)

        await self.streams.create_topic(topic, publish)

    def emit(self, message: Message) -> None:
        if isinstance(message, Trade):
            self.streams.tick(message)
            self.timers.pass_time(1)


async def test_live_bars_and_quotes_go_on_across_the_split(apple: Path, tmp_path: Path) -> None:
    provider = provider_at(apple, tmp_path, BEFORE)
    recorder, asked = Recorder(provider), Asked(provider)
    live = {}
    for resolution in ("1W", "1M", "1D", "60"):
        request = BarsSubscriptionRequest(symbol="AAPL", resolution=resolution)
        live[resolution] = Topic("bars", request, f"bars:{resolution}")
        await recorder.open(live[resolution])
    quotes = Topic("quotes", QuotesSubscriptionRequest(symbol="AAPL"), "quotes:AAPL")
    await recorder.open(quotes)
    with pytest.raises(EndOfTest):
        await provider.run(recorder.emit)
    recorder.timers.pass_time(1)
    for resolution, topic in live.items():
        assert recorder.published[topic.name][-1] == asked.bars(resolution)[-1], resolution
    month = recorder.published["bars:1M"][-1]
    assert month.high / month.low < Decimal("1.1")
    values = recorder.published[quotes.name][-1].v
    assert values.prev_close_price == pytest.approx(Decimal("645.57") / 7, abs=Decimal("0.01"))
    assert abs(values.chp) < 3


class Growing(ReplayProvider):
    """A market of which it becomes known that a share was split."""

    known: Sequence[CorporateAction] = ()

    def actions(self, ticker: str) -> Sequence[CorporateAction]:
        return self.known


async def test_actions_that_become_known_change_history(apple: Path, tmp_path: Path) -> None:
    provider = Growing(
        lambda: read_recordings(apple),
        tmp_path,
        PlaybackClock(),
        HandPacer(0),
        start=datetime.fromtimestamp(AFTER / 1000, UTC),
    )
    provider.load()
    recorder, asked = Recorder(provider), Asked(provider)
    asked.history = recorder.streams.history
    assert asked.bars("1D") == asked.bars("1D", "raw")
    topic = Topic("bars", BarsSubscriptionRequest(symbol="AAPL", resolution="1M"), "bars:1M")
    await recorder.open(topic)
    provider.known = [CorporateAction(date(2014, 6, 9), Decimal(7))]
    recorder.streams.history_changed(HistoryChanged("AAPL"))
    recorder.timers.pass_time(1)
    assert asked.bars("1D") == asked.bars("1D", "split") != asked.bars("1D", "raw")
    assert recorder.published[topic.name][-1] == asked.bars("1M")[-1]


@pytest.fixture(scope="module")
def served(apple: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    start = datetime.fromtimestamp(AFTER / 1000, UTC).isoformat()
    with application(apple, "replay", replay_paused=True, replay_start=start) as http:
        yield http


def test_the_adjustment_of_a_request(served: TestClient) -> None:
    params: dict[str, Any] = {"symbol": "AAPL", "resolution": "1D", "to_time": FAR // 1000, "count_back": 400}

    def first_close(**changes: str) -> float:
        return float(served.get("bars", params=params | changes).json()["bars"][0]["close"])

    raw, split, total = (first_close(adjustment=each) for each in ("raw", "split", "total"))
    assert split == pytest.approx(raw / 7)
    assert total < split
    assert first_close() == split
    assert served.get("resolve/AAPL").json()["adjustment"] == "split"
    history = served.get(
        "udf/history", params={"symbol": "AAPL", "resolution": "D", "to": FAR // 1000, "countback": 400}
    ).json()
    assert history["c"][0] == split
    refused = served.get("bars", params=params | {"adjustment": "dividends"})
    assert (refused.status_code, refused.json()["code"]) == (422, "validation-failed")


def test_corporate_actions_are_marks_of_the_time_scale(served: TestClient) -> None:
    params: dict[str, Any] = {"symbol": "AAPL", "from_time": 1_262_304_000, "to_time": FAR // 1000}
    for resolution in ("1D", "1W", "1M"):
        marks = served.get("timescale-marks", params=params | {"resolution": resolution}).json()
        bars = served.get("bars", params=params | {"resolution": resolution}).json()["bars"]
        times = [mark["time"] for mark in marks]
        assert times == sorted(set(times))
        assert {time * 1000 for time in times} <= {bar["time"] for bar in bars}
        split = marks[-1]
        assert split["label"] == "S"
        assert split["tooltip"] == ["2014-06-09", "Split 7 for 1"]
        assert len(marks) == 9  # and the dividends since 2012, of those that are known by now
    assert served.get("timescale-marks", params=params | {"resolution": "1D"}).json()[0]["tooltip"] == [
        "2012-08-09",
        "Dividend 2.65 USD a share",
    ]
    table: dict[str, Any] = {"symbol": "AAPL", "from": 1_262_304_000, "to": FAR // 1000, "resolution": "1D"}
    assert len(served.get("udf/timescale_marks", params=table).json()) == 9
