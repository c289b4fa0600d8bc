"""Watching the provider: what is followed, how fresh it is, and why nothing comes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from trading_api.models.market.status import FeedStatus, SymbolState, SymbolStatus
from trading_api.models.market.ticks import Depth, Quote, Trade
from trading_api.modules.datafeed.calendars.versions import calendars_version, time_zones_version
from trading_api.modules.datafeed.freshness import LONG_AGO, Freshness, Watch, judge
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import BookChanged, HistoryChanged, Instrument, Provider

LOOK_SECONDS = 1.0
"""So often it is looked who has been silent for too long, whether anything comes or not."""
MOST_NAMED = 10
MOST_TOLD = 1_000
"""Of more symbols the state is not told at once: what may wait for a client is bounded."""

Changed: TypeAlias = Callable[[Sequence[str]], None]
calendars_used, time_zones_used = cache(calendars_version), cache(time_zones_version)


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be said of the data of one symbol; `stale` also where its state is that nobody follows it."""

    state: SymbolState
    is_open: bool
    stale: bool
    last_event: int | None
    last_receipt: int | None
    limit: int | None
    problem: str | None


class FeedWatch:
    """Knows how fresh everything is that a provider sends, and follows of it what somebody wants.

    `now` is the market's time; `down` says why nothing comes at all. Readers may ask from any thread.
    """

    def __init__(
        self,
        provider: Provider,
        now: Callable[[], int],
        down: Callable[[], str | None] = lambda: None,
        stale_after_ms: int | None = None,
    ) -> None:
        self._provider = provider
        self._now = now
        self._down = down
        self._watch = Watch(provider.kind, stale_after_ms)
        self._followed: dict[str, Instrument] = {}
        self._listeners: list[Changed] = []
        self._problems: dict[str, str] = {}
        self._whole: tuple[str | None, bool] = (None, False)

    @property
    def followed(self) -> Sequence[Instrument]:
        """The instruments that somebody wants."""
        return list(self._followed.values())

    def listen(self, changed: Changed) -> None:
        """Tell `changed` from now on which tickers are in another state; none: the feed as a whole."""
        self._listeners.append(changed)

    def unlisten(self, changed: Changed) -> None:
        """Tell it no longer."""
        self._listeners.remove(changed)

    def follow(self, instrument: Instrument) -> None:
        """Somebody wants it; nobody did before."""
        self._followed[instrument.ticker] = instrument
        self._provider.follow(instrument.ticker)
        self._begin(instrument)
        self._tell([])

    def unfollow(self, instrument: Instrument) -> None:
        """Nobody wants it any more."""
        del self._followed[instrument.ticker]
        self._watch.unfollow(instrument.ticker)
        self._provider.unfollow(instrument.ticker)
        self._tell([])

    def heard(self, tick: Quote | Trade | Depth | BookChanged) -> None:
        """The provider has said this."""
        at = tick.time if tick.received is None else tick.received
        if self._watch.heard(tick.symbol, tick.time, at):
            self._tell([tick.symbol])

    def clock_moved(self) -> None:
        """The market's time has moved, perhaps by much."""
        changed = self._watch.look(self._now())
        if changed:
            self._tell(changed)

    def history_changed(self, changed: HistoryChanged) -> None:
        """Of these symbols, what was heard last is what history says now."""
        instruments = [each for each in self.followed if changed.symbol in {None, each.ticker}]
        for instrument in instruments:
            self._begin(instrument)
        self._tell([each.ticker for each in instruments])

    async def run(self, pacer: Pacer) -> None:
        """Look once a second, until cancelled."""
        while True:
            await pacer.wait(LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """Find out who has been silent for too long, and what else has gone wrong or well again."""
        self.clock_moved()
        self._look_for_problems()

    def summary(self) -> str | None:
        """Which of the followed symbols are silent, in a sentence; None if none is."""
        silent = [ticker for ticker in self._followed if self._watch.freshness(ticker) is Freshness.STALE]
        if not silent:
            return None
        more = f" and {len(silent) - MOST_NAMED} more" if len(silent) > MOST_NAMED else ""
        return f"silent for too long: {', '.join(silent[:MOST_NAMED])}{more}"

    def standing(self, instrument: Instrument) -> Standing:
        """How things stand with one symbol, whether somebody follows it or not."""
        ticker = instrument.ticker
        limit = self._watch.limit_of(instrument)
        freshness = self._watch.freshness(ticker)
        event, receipt = self._watch.last(ticker)
        if freshness is None:
            event, receipt = self._last(instrument)
            heard_at = LONG_AGO if receipt is None else receipt
            freshness, _ = judge(instrument.session, limit, LONG_AGO, heard_at, self._now())
        state = self._state(ticker, freshness)
        unseen = state == "waiting" and self._provider.kind == "replayed"
        return Standing(
            state,
            freshness is not Freshness.CLOSED and state != "closed" and not unseen,
            freshness is Freshness.STALE and event is not None,
            event,
            receipt,
            limit,
            self._provider.problem(ticker),
        )

    def symbol_status(self, instrument: Instrument) -> SymbolStatus:
        """The same, as the contract has it."""
        found = self.standing(instrument)
        return SymbolStatus(
            symbol=instrument.ticker,
            status=found.state,
            last_event_time=found.last_event,
            last_receipt_time=found.last_receipt,
            stale_after_ms=found.limit,
            problem=found.problem,
        )

    def status_of_followed(self, most: int = MOST_TOLD) -> FeedStatus:
        """The state of the feed, with that of at most so many of what is followed, silent ones first."""
        followed = self.followed
        if len(followed) <= most:
            return self.status(followed)
        told = sorted(followed, key=self._is_well)[:most]
        return self.status(told).model_copy(update={"untold": len(followed) - most})

    def status(self, instruments: Sequence[Instrument]) -> FeedStatus:
        """The state of the feed, with that of these instruments."""
        return FeedStatus(
            provider=self._provider.name,
            kind=self._provider.kind,
            time=self._now(),
            problem=self._down(),
            calendars=calendars_used(),
            time_zones=time_zones_used(),
            symbols=[self.symbol_status(each) for each in instruments],
        )

    def _is_well(self, instrument: Instrument) -> bool:
        silent = self._watch.freshness(instrument.ticker) in {Freshness.STALE, Freshness.WAITING}
        return not silent and instrument.ticker not in self._problems

    def _begin(self, instrument: Instrument) -> None:
        event, receipt = self._last(instrument)
        flows_anyway = self._provider.kind in {"simulated", "replayed"}
        self._watch.follow(instrument, self._now(), event, receipt, receipt if flows_anyway else None)

    def _last(self, instrument: Instrument) -> tuple[int | None, int | None]:
        """Time of the last event that the provider has shown, and when it came in."""
        until, ticker = self._provider.position(), instrument.ticker
        ticks = [self._provider.quote(ticker, until), self._provider.trade(ticker, until)]
        shown = [tick for tick in ticks if tick is not None]
        if not shown:
            return None, None
        receipts = [tick.time if tick.received is None else tick.received for tick in shown]
        return max(tick.time for tick in shown), max(receipts)

    def _state(self, ticker: str, freshness: Freshness) -> SymbolState:
        said = self._provider.state(ticker, self._provider.position())
        if said == "closed" or (said == "idle" and not self._is_wanted(ticker)):
            return said
        if self._provider.kind == "end-of-day":
            return "failed" if said == "failed" else "end-of-day"
        if freshness is Freshness.CLOSED:
            return "closed"
        if said == "waiting" and self._provider.kind == "replayed":
            return said  # its recording begins later
        if freshness is Freshness.STALE:
            return "stale"
        if said == "failed":
            return said
        return "waiting" if freshness is Freshness.WAITING else self._provider.kind

    def _is_wanted(self, ticker: str) -> bool:
        """A recording that is not played is not, whoever follows it."""
        return ticker in self._followed and self._provider.kind != "replayed"

    def _look_for_problems(self) -> None:
        """Whether the feed as a whole, its recording or one of its symbols has ended, failed or come back."""
        problems = {each: problem for each in self._followed if (problem := self._provider.problem(each))}
        concerned = [each for each, _ in problems.items() ^ self._problems.items()]
        controls = self._provider.replay
        whole = (self._down(), controls is not None and controls.state().finished)
        if whole != self._whole:
            concerned = list(self._followed)
        if concerned or whole != self._whole:
            self._problems, self._whole = problems, whole
            self._tell(concerned)

    def _tell(self, tickers: Sequence[str]) -> None:
        for changed in list(self._listeners):
            changed(tickers)
