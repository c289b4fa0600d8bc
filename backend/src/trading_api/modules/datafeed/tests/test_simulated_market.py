"""The simulated market: exact, repeatable, and one series for past and present."""

import hashlib
import itertools
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.models.market.bars import Bar
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.bars.builder import BarBuilder
from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, RESOLUTIONS, Resolution
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.providers.base import Emit, Instrument, Message
from trading_api.modules.datafeed.providers.simulated.catalogue import CATALOGUE, SimulatedInstrument
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.providers.simulated.tape import FIRST_DAY, day_tape
from trading_api.modules.datafeed.tests.asked import ask, ask_for, timed
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandClock, HandPacer

EVENING = int(datetime(2026, 11, 20, 23, 30, 0, 250_000, tzinfo=UTC).timestamp() * 1000)
BY_NAME = {spec.name: spec for spec in CATALOGUE}
SPECS = pytest.mark.parametrize("spec", CATALOGUE, ids=lambda spec: spec.name)


def market(now: int = EVENING, seed: int = 1, seconds: float = 0) -> SimulatedProvider:
    clock = HandClock(now)
    return SimulatedProvider(seed, clock, HandPacer(seconds, clock))


def bars(
    provider: SimulatedProvider, ticker: str, resolution: str, window: BarWindow, until: int
) -> list[Bar]:
    instrument = next(found for found in provider.instruments() if found.ticker == ticker)
    return instrument.bars(ask(provider, instrument, resolution, window, until).bars)


@SPECS
def test_symbol_info_is_consistent_and_labelled(spec: SimulatedInstrument) -> None:
    info = spec.instrument().info
    assert info.exchange == "SIM"
    assert info.description.endswith("(simulated)")
    assert info.data_kind == "simulated"
    assert info.trading.tick_size * info.pricescale == info.minmov
    assert info.trading.currency == info.currency_code == "USD"
    assert info.trading.tradable is (info.type != "index")
    assert (info.trading.reason is None) is info.trading.tradable
    assert info.trading.qty.default % info.trading.qty.step == 0


def test_every_class_and_format_is_there() -> None:
    infos = {spec.name: spec.instrument().info for spec in CATALOGUE}
    assert {info.type for info in infos.values()} == {
        "stock", "fund", "index", "forex", "futures", "crypto", "bond",
    }  # fmt: skip
    assert infos["PENY"].trading.tick_size == Decimal("0.0001")
    assert infos["EURUSD"].trading.pip_size == Decimal("0.0001")
    assert (infos["EURUSD"].pricescale, infos["EURUSD"].minmove2) == (100_000, 10)
    assert infos["BTCUSD"].trading.qty.step == Decimal("1e-8")
    assert (infos["FUTR"].trading.tick_size, infos["FUTR"].trading.point_value) == (
        Decimal("0.25"),
        Decimal(50),
    )
    assert (infos["BOND"].pricescale, infos["BOND"].fractional) == (32, True)


def test_prices_are_the_same_on_every_machine() -> None:
    digest = hashlib.sha256()
    for spec in CATALOGUE:
        tape = day_tape(1, spec, FIRST_DAY + 400)
        for column in (tape.bid, tape.ask, tape.last, tape.size):
            digest.update(column.astype("<i8").tobytes())
    assert digest.hexdigest() == "8e8b1901170de7b5c1e3d5015474a211f2c4963d0f379873ec3c1249d77c9163"
    provider = market()
    quote, trade = provider.quote("BTCUSD", EVENING), provider.trade("FUTR", EVENING)
    assert quote is not None
    assert trade is not None
    assert f"{quote.bid} {quote.ask} {trade.price}" == "55020.32 55020.82 4759.00"


def test_the_seed_chooses_the_prices() -> None:
    window = BarWindow(EVENING, EVENING, 5)
    same = [bars(market(seed=7), "ALFA", "60", window, EVENING) for _ in range(2)]
    assert same[0] == same[1]
    assert same[0] != bars(market(seed=8), "ALFA", "60", window, EVENING)


@SPECS
@settings(max_examples=5, deadline=None)
@given(day=st.integers(FIRST_DAY, FIRST_DAY + 3_000), seed=st.integers(0, 2**63 - 1))
def test_prices_are_positive_uncrossed_and_move_like_a_market(
    spec: SimulatedInstrument, day: int, seed: int
) -> None:
    tape = day_tape(seed, spec, day)
    assert int(tape.bid.min()) > 30
    if spec.has_quotes:
        assert bool(np.all(tape.bid < tape.ask))
        assert bool(np.all((tape.last == tape.bid) | (tape.last == tape.ask)))
    if spec.has_volume:
        assert int(tape.size.min()) > 0
    swing = (int(tape.bid.max()) - int(tape.bid.min())) / int(tape.bid[0])
    expected = spec.volatility_ppm / 1e6
    assert 0.1 * expected < swing < 10 * expected
    following = day_tape(seed, spec, day + 1)
    assert abs(int(following.bid[0]) - int(tape.bid[-1])) <= max(3, 0.01 * int(tape.bid[-1]))


@settings(max_examples=20, deadline=None)
@given(
    resolution=st.sampled_from([str(known) for known in RESOLUTIONS]),
    until=st.integers(FIRST_DAY * DAY_MS, FIRST_DAY * DAY_MS + 5 * DAY_MS),
    borders=st.lists(st.integers(-1, 6 * 1440), min_size=2, max_size=4, unique=True).map(sorted),
    ticker=st.sampled_from(["ALFA", "EURUSD", "INDX"]),
)
def test_chunks_equal_the_whole_and_nothing_is_later_than_now(
    resolution: str, until: int, borders: list[int], ticker: str
) -> None:
    provider = _SHARED
    edges = [FIRST_DAY * DAY_MS + border * 60_000 for border in borders]
    whole = bars(provider, ticker, resolution, BarWindow(edges[0], edges[-1]), until)
    pieces = [
        bar
        for start, end in itertools.pairwise(edges)
        for bar in bars(provider, ticker, resolution, BarWindow(start, end), until)
    ]
    times = [bar.time for bar in whole]
    assert pieces[-len(whole) or len(pieces) :] == whole
    assert times == sorted(set(times))
    assert all(edges[0] <= time < edges[-1] and time <= until for time in times)


_SHARED = market()


def test_history_begins_in_2025_and_there_is_nothing_before() -> None:
    first = FIRST_DAY * DAY_MS
    found = ask_for(market(), "ALFA", "1", BarWindow(0, first + 60_000, 100), EVENING)
    assert found.bars.time.tolist() == [first]
    assert found.previous is None
    before = ask_for(market(), "ALFA", "1D", BarWindow(0, first, 10), EVENING)
    assert (len(before.bars), before.previous) == (0, None)
    early = market(now=first - 1)
    assert early.quote("ALFA", first - 1) is None
    assert early.trade("ALFA", first - 1) is None
    assert early.book("ALFA", first - 1, 10) is None
    assert len(ask_for(early, "ALFA", "1D", BarWindow(0, first * 2, 10), first - 1).bars) == 0


def test_a_request_into_the_future_ends_with_the_running_bar() -> None:
    found = ask_for(market(), "ALFA", "1D", BarWindow(EVENING - 3 * DAY_MS, EVENING * 2), EVENING)
    assert found.bars.time[-1] == EVENING // DAY_MS * DAY_MS


@SPECS
def test_the_book_is_sorted_and_begins_with_the_quote(spec: SimulatedInstrument) -> None:
    provider = market()
    quote, book = provider.quote(spec.name, EVENING), provider.book(spec.name, EVENING, 10)
    if not spec.has_quotes:
        assert quote is None
        assert book is None
        return
    assert quote is not None
    assert book is not None
    assert book == market().book(spec.name, EVENING, 10)
    assert (len(book.bids), len(book.asks)) == (10, 10)
    assert (book.bids[0].price, book.asks[0].price) == (quote.bid, quote.ask)
    bids, asks = [level.price for level in book.bids], [level.price for level in book.asks]
    assert bids == sorted(set(bids), reverse=True)
    assert asks == sorted(set(asks))
    assert all(level.price % spec.tick == 0 and level.size > 0 for level in (*book.bids, *book.asks))
    assert len(market().book(spec.name, EVENING, 3).bids) == 3  # type: ignore[union-attr]


class Recorder:
    """Builds the bars of everything that is emitted, and checks the order."""

    def __init__(self, provider: SimulatedProvider) -> None:
        self.instruments = {found.ticker: found for found in provider.instruments()}
        self.provider = provider
        self.ticks: list[Quote | Trade | ClockMoved] = []
        self.builders: dict[tuple[str, Resolution], BarBuilder] = {}
        self.built: dict[tuple[str, Resolution], dict[int, Bar]] = {}
        until = provider.position()
        for ticker, instrument in self.instruments.items():
            for resolution in RESOLUTIONS:
                known = bars(provider, ticker, str(resolution), BarWindow(until + 1, until + 1, 1), until)
                self.builders[ticker, resolution] = BarBuilder(instrument.session, resolution, known[-1])
                self.built[ticker, resolution] = {}

    def __call__(self, emitted: Message) -> None:
        message = timed(emitted)
        assert message.time == self.provider.position()
        self.ticks.append(message)
        if isinstance(message, ClockMoved):
            return
        instrument = self.instruments[message.symbol]
        price = instrument.price_of(message)
        if price is not None:
            self._build(instrument, message, price)

    def _build(self, instrument: Instrument, tick: Quote | Trade, price: Decimal) -> None:
        for resolution in RESOLUTIONS:
            key = (instrument.ticker, resolution)
            bar = self.builders[key].add(tick.time, price, instrument.volume_of(tick))
            assert bar is not None
            self.built[key][bar.time] = bar


async def test_live_bars_equal_history_over_midnight() -> None:
    provider = market(seconds=2_000)
    recorder = Recorder(provider)
    with pytest.raises(EndOfTest):
        await provider.run(recorder)
    until = provider.position()
    assert until >= EVENING + 1_999_000
    times = [tick.time for tick in recorder.ticks]
    assert times == sorted(times)
    assert sum(isinstance(tick, ClockMoved) for tick in recorder.ticks) == 2_000
    for (ticker, resolution), built in recorder.built.items():
        first = min(built)
        assert list(built.values()) == bars(
            provider, ticker, str(resolution), BarWindow(first, until + 1), until
        )
        assert list(built.values()) == bars(
            market(), ticker, str(resolution), BarWindow(first, until + 1), until
        )
    assert len(recorder.built["ALFA", DAY]) == 2


def keep_in(ticks: list[Quote | Trade | ClockMoved]) -> Emit:
    return lambda message: ticks.append(timed(message))


async def test_two_starts_play_the_same_ticks() -> None:
    played = []
    for start in (EVENING, EVENING + 20_000):
        provider = market(now=start, seconds=60 - (start - EVENING) / 1000)
        ticks: list[Quote | Trade | ClockMoved] = []
        with pytest.raises(EndOfTest):
            await provider.run(keep_in(ticks))
        played.append(ticks)
    assert [tick for tick in played[0] if tick.time > EVENING + 20_000] == played[1]
    last = played[0][-2]
    assert isinstance(last, Quote | Trade)
    reader = market().quote if isinstance(last, Quote) else market().trade
    assert reader(last.symbol, last.time) == last


async def test_what_was_missed_is_played_in_order() -> None:
    clock = HandClock(EVENING)
    pacer = HandPacer(100)
    provider = SimulatedProvider(1, clock, pacer)
    pacer.on_wait = lambda: setattr(clock, "now", EVENING + 30_000)
    pacer.end = 0.01
    ticks: list[Quote | Trade | ClockMoved] = []
    with pytest.raises(EndOfTest):
        await provider.run(keep_in(ticks))
    alfa = [tick.time for tick in ticks if isinstance(tick, Trade) and tick.symbol == "ALFA"]
    assert alfa == list(range(EVENING + 750, EVENING + 30_000, 1000))
