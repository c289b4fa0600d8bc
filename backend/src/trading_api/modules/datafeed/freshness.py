"""How fresh the data of each symbol is. Silence counts only while the symbol's exchange is open.

Pure: time comes in with every call, in ms UTC of the market's clock. Where it runs backwards, every symbol
has to be followed anew.
"""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trading_api.modules.datafeed.providers.base import DataKind, Instrument
from trading_api.shared.trading_session import TradingSession

STALE_AFTER_MS: Final[Mapping[DataKind, int | None]] = {
    "simulated": 10_000,
    "replayed": 300_000,
    "live": 30_000,
    "delayed": 60_000,
    "end-of-day": None,
}
"""Silence that each kind of data may have: a simulated market prints each second, a recording may be one of
minutes, and what comes once a day is never silent."""
LONG_AGO: Final = -1
SPARE: Final = 64
"""So many overtaken appointments are kept, beside one for each symbol."""


class Freshness(StrEnum):
    """What can be said of a symbol that is followed."""

    FRESH = "fresh"
    WAITING = "waiting"
    """Its exchange is open, and the first data since then, or since it is followed, has yet to come."""
    STALE = "stale"
    CLOSED = "closed"


@dataclass(slots=True)
class _Followed:
    """Followed since `since`; the last event bears the time `heard_event` and came in at `heard_at`."""

    session: TradingSession
    limit: int | None
    since: int
    heard_event: int | None = None
    heard_at: int = LONG_AGO
    freshness: Freshness = Freshness.WAITING
    due: int | None = None
    """When to look at it again, even if nothing is heard."""


class Watch:
    """Knows of each followed symbol whether it is fresh; `stale_after_ms` outranks the limit of the kind."""

    def __init__(self, kind: DataKind, stale_after_ms: int | None = None) -> None:
        self._limit = STALE_AFTER_MS[kind] if stale_after_ms is None else stale_after_ms
        if kind == "end-of-day":
            self._limit = None
        self._followed: dict[str, _Followed] = {}
        self._due: list[tuple[int, str]] = []

    def limit_of(self, instrument: Instrument) -> int | None:
        """Silence in ms after which the symbol is stale; None: it never is."""
        own = instrument.stale_after_ms
        return self._limit if own is None or self._limit is None else own

    def follow(
        self,
        instrument: Instrument,
        now: int,
        event: int | None = None,
        heard_at: int | None = None,
        since: int | None = None,
    ) -> None:
        """Watch this symbol, of which the last event came in at `heard_at`, if any has.

        Where that is too long ago, it is waited for as long again, from `since` on (default: now).
        """
        found = _Followed(
            instrument.session,
            self.limit_of(instrument),
            now if since is None else since,
            event,
            LONG_AGO if heard_at is None else heard_at,
        )
        self._followed[instrument.ticker] = found
        self._judge(instrument.ticker, found, now)

    def unfollow(self, ticker: str) -> None:
        """Watch it no longer."""
        self._followed.pop(ticker, None)

    def follows(self, ticker: str) -> bool:
        """Whether the symbol is watched."""
        return ticker in self._followed

    @property
    def followed(self) -> Iterator[str]:
        """The tickers that are watched, in the order in which they began to be."""
        return iter(self._followed)

    def heard(self, ticker: str, event: int, at: int) -> bool:
        """An event of time `event` came in at `at`; True if the symbol is in another state for it."""
        found = self._followed.get(ticker)
        if found is None:
            return False
        found.heard_event = event
        found.heard_at = at
        return found.freshness is not Freshness.FRESH and self._judge(ticker, found, at)

    def look(self, now: int) -> list[str]:
        """The symbols that are in another state by `now` than when they were looked at last."""
        changed = []
        while self._due and self._due[0][0] <= now:
            due, ticker = heapq.heappop(self._due)
            found = self._followed.get(ticker)
            if found is not None and found.due == due and self._judge(ticker, found, now):
                changed.append(ticker)
        return changed

    def freshness(self, ticker: str) -> Freshness | None:
        """As it was when it was heard or looked at last; None if the symbol is not watched."""
        found = self._followed.get(ticker)
        return None if found is None else found.freshness

    def last(self, ticker: str) -> tuple[int | None, int | None]:
        """Time of the last event, and when it came in."""
        found = self._followed.get(ticker)
        if found is None:
            return None, None
        return found.heard_event, None if found.heard_at == LONG_AGO else found.heard_at

    def _judge(self, ticker: str, found: _Followed, now: int) -> bool:
        before = found.freshness
        found.freshness, due = judge(found.session, found.limit, found.since, found.heard_at, now)
        moved, found.due = due != found.due, due
        if moved and due is not None:
            heapq.heappush(self._due, (due, ticker))
            if len(self._due) > 2 * len(self._followed) + SPARE:
                self._forget_overtaken()
        return found.freshness is not before

    def _forget_overtaken(self) -> None:
        self._due = [(each.due, ticker) for ticker, each in self._followed.items() if each.due is not None]
        heapq.heapify(self._due)


def judge(
    session: TradingSession, limit: int | None, since: int, heard_at: int, now: int
) -> tuple[Freshness, int | None]:
    """The state at `now`, and when it may be another if nothing is heard until then.

    Without `limit`, it is fresh for as long as its exchange is open.
    """
    period = session.period(now)
    if period is None:
        following = session.period_from(now)
        return Freshness.CLOSED, None if following is None else following.open
    if limit is None:
        return Freshness.FRESH, period.close
    opened = _open_since(session, now, max(heard_at, now - limit))
    if heard_at >= opened and now - heard_at <= limit:
        return Freshness.FRESH, min(period.close, heard_at + limit + 1)
    patience = max(opened, since) + limit
    if now <= patience:
        return Freshness.WAITING, min(period.close, patience + 1)
    return Freshness.STALE, period.close


def _open_since(session: TradingSession, now: int, enough: int) -> int:
    """Since when it is open without a break, looking back no further than to what is `enough`."""
    opened = now
    period = session.period(now)
    while period is not None:
        opened = period.open
        period = session.period(opened - 1) if opened >= enough else None
    return opened
