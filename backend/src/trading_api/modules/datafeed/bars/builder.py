"""Building one bar after the other from ticks as they happen."""

from decimal import Decimal

from trading_api.models.market.bars import Bar
from trading_api.modules.datafeed.bars.resolution import Resolution, period_at
from trading_api.shared.trading_session import TradingSession

_NOTHING = Decimal(0)


class BarBuilder:
    """The newest bar of one instrument; a bar is closed by the first print of a later period.

    `current` is the bar of the period that runs when the building begins, as history has it. A print costs
    a few comparisons; a `Bar` is made only when somebody asks for it.
    """

    __slots__ = (
        "_close", "_end", "_high", "_known", "_low", "_open", "_resolution", "_session", "_stamp", "_volume",
        "closed",
    )  # fmt: skip

    def __init__(self, session: TradingSession, resolution: Resolution, current: Bar | None = None) -> None:
        self._session = session
        self._resolution = resolution
        self._end = 0
        self._stamp: int | None = None
        self._open = self._high = self._low = self._close = _NOTHING
        self._volume: Decimal | None = None
        self._known = current
        self.closed: Bar | None = None
        """The bar before the newest, once a later one has begun."""
        if current is not None:
            self._stamp, self._volume = current.time, current.volume
            self._open, self._high = current.open, current.high
            self._low, self._close = current.low, current.close

    @property
    def current(self) -> Bar | None:
        """The newest bar with all prints in it; None: there is none yet."""
        if self._known is None and self._stamp is not None:
            # Built without validation: the values are ours.
            self._known = Bar.model_construct(
                time=self._stamp,
                open=self._open,
                high=self._high,
                low=self._low,
                close=self._close,
                volume=self._volume,
            )
        return self._known

    def take(self, time_ms: int, price: Decimal, size: Decimal | None) -> bool:
        """Put a print into its bar; whether it has begun a new one, `closed` then being the one before.

        `size` is None where the feed has no volume. A print outside the sessions belongs to no bar.
        """
        if time_ms >= self._end:
            hours = self._session.period(time_ms)
            period = period_at(self._session, self._resolution, time_ms)
            if hours is None or period is None:
                return False
            self._end = min(period.end, hours.close)
            if self._stamp != period.stamp:
                self._begin(period.stamp, price, size)
                return True
        self._known = None
        if price > self._high:
            self._high = price
        elif price < self._low:
            self._low = price
        self._close = price
        if size is None:
            self._volume = None
        else:
            self._volume = size if self._volume is None else self._volume + size
        return False

    def add(self, time_ms: int, price: Decimal, size: Decimal | None) -> Bar | None:
        """As `take`; the bar with this print in it, or None for a print outside the sessions."""
        self.take(time_ms, price, size)
        return self.current if time_ms < self._end else None

    def _begin(self, stamp: int, price: Decimal, size: Decimal | None) -> None:
        self.closed = self.current
        self._known, self._stamp, self._volume = None, stamp, size
        self._open = self._high = self._low = self._close = price
