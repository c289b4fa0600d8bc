"""The tests. Derive a class from ProviderConformance with a fixture `subject` that makes the provider.

class TestMine(ProviderConformance):
    @pytest.fixture
    def subject(self, tmp_path: Path) -> Subject:
        return Subject(MyProvider(...))
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest

from trading_api.models.market.symbols import SymbolInfo
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.bars.builder import BarBuilder
from trading_api.modules.datafeed.bars.resolution import BASES, MINUTE, MINUTE_MS, Resolution
from trading_api.modules.datafeed.conformance.rows_rules import (
    LENGTHS,
    broken_rules,
    equal,
    over_at,
    stretch,
)
from trading_api.modules.datafeed.conformance.watching import SEEN, Watched
from trading_api.modules.datafeed.providers.base import DataKind, HistoryChanged, Instrument, Provider

_KINDS = get_args(DataKind)


async def nothing_more() -> None:
    """A subject whose time passes by itself."""


@dataclass
class Subject:
    """A provider that has not been loaded, and how a test has it speak."""

    provider: Provider
    stimulate: Callable[[], Awaitable[None]] = nothing_more
    """Called while it runs: have the market say something."""
    ticks: int = 200
    """So many quotes and trades are waited for."""
    seconds: float = 20.0
    """But no longer than this."""
    ends: tuple[type[BaseException], ...] = ()
    """With what a run may end by itself, in a test whose time is over."""


class ProviderConformance:
    """Every rule of the port; see `providers/base.py`."""

    @pytest.fixture
    async def provider(self, subject: Subject) -> Provider:
        await asyncio.to_thread(subject.provider.load)
        return subject.provider

    @pytest.fixture
    async def watched(self, provider: Provider, subject: Subject) -> AsyncIterator[Watched]:
        """The provider after it has run for a while; it still runs."""
        watched = Watched(provider)
        async with watched.running():
            await subject.stimulate()
            await watched.until(
                lambda seen: sum(isinstance(m, Quote | Trade) for m in seen.messages) >= subject.ticks,
                subject.seconds,
            )
            yield watched
        assert watched.broken == []
        assert [error for error in watched.errors if not isinstance(error, subject.ends)] == []

    def test_it_says_what_it_is(self, subject: Subject) -> None:
        assert subject.provider.name
        assert subject.provider.kind in _KINDS

    async def test_its_instruments_are_whole_and_unique(self, provider: Provider) -> None:
        instruments = provider.instruments()
        tickers = [each.ticker for each in instruments]
        assert len(set(tickers)) == len(tickers)
        names = [f"{each.info.exchange}:{each.info.name}" for each in instruments]
        assert len(set(names)) == len(names)
        for each in instruments:
            assert SymbolInfo.model_validate(each.info.model_dump()) == each.info
            assert each.info.data_kind == provider.kind
            assert each.price_unit > 0
            assert each.info.trading.tick_size % each.price_unit == 0
            assert each.size_unit > 0
            assert each.info.trading.tradable or each.info.trading.reason

    async def test_its_readers_answer_before_it_runs(self, provider: Provider) -> None:
        until = provider.position()
        for each in _some(provider):
            _read_all(provider, each, until)
            assert provider.quote(each.ticker, 0) is None
            assert provider.trade(each.ticker, 0) is None
            assert provider.book(each.ticker, 0, 10) is None

    async def test_its_rows_keep_the_rules(self, provider: Provider) -> None:
        async with Watched(provider).running():
            until = provider.position()
            await _fetch(provider, until)
            broken = [
                rule
                for each in _some(provider)
                for base in BASES
                for rule in await asyncio.to_thread(_broken_rules, provider, each, base, until)
            ]
        assert broken == []

    async def test_what_it_emits_is_in_order_and_can_be_read(self, watched: Watched) -> None:
        provider = watched.provider
        position = provider.position()
        for each in _some(provider):
            ticks = watched.ticks(each.ticker)
            for kind, read in ((Quote, provider.quote), (Trade, provider.trade)):
                last = next((tick for tick in reversed(ticks) if isinstance(tick, kind)), None)
                if last is not None:
                    found = read(each.ticker, position)
                    assert found is not None
                    assert found.time >= last.time
        assert watched.broken == []

    async def test_a_symbol_that_speaks_has_a_state_that_says_so(self, watched: Watched) -> None:
        for ticker in {each.symbol for each in watched.messages if isinstance(each, Quote | Trade)}:
            assert watched.provider.state(ticker, watched.provider.position()) not in {"waiting", "idle"}

    async def test_live_bars_equal_history(self, provider: Provider, subject: Subject) -> None:
        started = provider.position()
        watched = Watched(provider)
        async with watched.running():
            await subject.stimulate()
            await watched.until(
                lambda seen: sum(isinstance(m, Quote | Trade) for m in seen.messages) >= subject.ticks,
                subject.seconds,
            )
            position = provider.position()
            for each in _some(provider):
                if provider.first(each.ticker, MINUTE) is None:
                    continue
                ticks = [tick for tick in watched.ticks(each.ticker) if each.price_of(tick) is not None]
                begin = _first_whole_minute(watched, each, started)
                if not ticks or ticks[-1].time < begin:
                    continue
                await provider.fetch(each.ticker, MINUTE, begin, position + MINUTE_MS)
                told = provider.rows(each.ticker, MINUTE, begin, position + MINUTE_MS, ticks[-1].time)
                assert each.bars(told) == _built(each, [tick for tick in ticks if tick.time >= begin])

    async def test_bars_that_are_over_never_change(self, provider: Provider, subject: Subject) -> None:
        until = provider.position()
        await _fetch(provider, until)
        before = {
            (each.ticker, base): over_at(
                provider.rows(each.ticker, base, *reach, until), LENGTHS[base], until
            )
            for each in _some(provider)
            for base in BASES
            if (reach := stretch(provider, each.ticker, base, until)) is not None
        }
        watched = Watched(provider)
        async with watched.running():
            await subject.stimulate()
            await watched.until(lambda seen: len(seen.messages) >= subject.ticks, subject.seconds)
        changed = {m.symbol for m in watched.messages if isinstance(m, HistoryChanged)}
        if None in changed:
            return
        for (ticker, base), rows in before.items():
            if ticker not in changed and len(rows):
                start, stop = int(rows.time[0]), int(rows.time[-1]) + 1
                now = provider.rows(ticker, base, start, stop, provider.position())
                assert equal(now.take(np.flatnonzero(np.isin(now.time, rows.time))), rows), (ticker, base)

    async def test_following_twice_and_leaving_twice_is_no_fault(self, watched: Watched) -> None:
        for each in _some(watched.provider)[:3]:
            for step in ("follow", "follow", "unfollow", "unfollow", "follow"):
                getattr(watched.provider, step)(each.ticker)
            _read_all(watched.provider, each, watched.provider.position())

    async def test_its_readers_may_be_called_from_any_thread(self, watched: Watched) -> None:
        provider, failed = watched.provider, []

        def read() -> None:
            try:
                for each in _some(provider)[:5]:
                    for _ in range(5):
                        _read_all(provider, each, provider.position())
            except BaseException as error:  # noqa: BLE001  told to the test, which fails by it
                failed.append(error)

        await asyncio.gather(*(asyncio.to_thread(read) for _ in range(4)))
        assert failed == []

    async def test_it_ends_when_it_is_cancelled_and_leaves_nothing(
        self, provider: Provider, subject: Subject
    ) -> None:
        before = asyncio.all_tasks()
        watched = Watched(provider)
        async with watched.running():
            await watched.until(lambda seen: bool(seen.messages), subject.seconds)
        assert watched.broken == []
        left = [task for task in asyncio.all_tasks() - before if not task.done()]
        assert [
            task for task in left if "aiohttp.web" not in repr(task) and "aiohttp/web" not in repr(task)
        ] == []


def _broken_rules(provider: Provider, instrument: Instrument, base: Resolution, until: int) -> list[str]:
    return list(broken_rules(provider, instrument, base, until))


def _some(provider: Provider) -> Sequence[Instrument]:
    return provider.instruments()[:SEEN]


async def _fetch(provider: Provider, until: int) -> None:
    for each in _some(provider):
        for base in BASES:
            reach = stretch(provider, each.ticker, base, until)
            if reach is not None:
                await provider.fetch(each.ticker, base, *reach)


def _read_all(provider: Provider, instrument: Instrument, until: int) -> None:
    """Ask every reader, and look at what it says."""
    ticker = instrument.ticker
    for found in (provider.quote(ticker, until), provider.trade(ticker, until)):
        assert found is None or (found.symbol == ticker and found.time <= until)
    book = provider.book(ticker, until, 5)
    assert book is None or (book.time <= until and len(book.bids) <= 5 and len(book.asks) <= 5)
    assert provider.state(ticker, until)
    problem = provider.problem(ticker)
    assert problem is None or problem.strip()
    for base in BASES:
        reach = stretch(provider, ticker, base, until)
        if reach is not None:
            rows = provider.rows(ticker, base, *reach, until)
            assert bool((np.diff(rows.time) > 0).all())


def _first_whole_minute(watched: Watched, instrument: Instrument, started: int) -> int:
    """The first minute of which every tick has been emitted; history tells of earlier ones."""
    begin = max(started, min((tick.time for tick in watched.ticks(instrument.ticker)), default=started))
    return begin - begin % MINUTE_MS + MINUTE_MS


def _built(instrument: Instrument, ticks: Sequence[Quote | Trade]) -> list[object]:
    builder = BarBuilder(instrument.session, MINUTE)
    bars: dict[int, object] = {}
    for tick in ticks:
        price = instrument.price_of(tick)
        if price is None:
            continue
        bar = builder.add(tick.time, price, instrument.volume_of(tick))
        if bar is not None:
            bars[bar.time] = bar
    return [bars[time] for time in sorted(bars)]
