"""Building one bar after the other from ticks as they happen."""

from decimal import Decimal

from trading_api.models.market.bars import Bar
from trading_api.modules.datafeed.bars.resolution import Resolution, period_at
from trading_api.shared.trading_session import TradingSession


class BarBuilder:
    """The newest bar of one instrument; a bar is closed by the first print of a later period.

    `current` is the bar of the period that runs when the building begins, as history has it.
    """

    def __init__(self, session: TradingSession, resolution: Resolution, current: Bar | None = None) -> None:
        self._session = session
        self._resolution = resolution
        self._end = 0
        self.current = current

    def add(self, time_ms: int, price: Decimal, size: Decimal | None) -> Bar | None:
        """The bar with this print in it; None for a print outside the sessions.

        `size` is None where the feed has no volume.
        """
        bar = self.current
        if time_ms >= self._end:
            period = period_at(self._session, self._resolution, time_ms)
            if period is None:
                return None
            self._end = period.end
            if bar is None or bar.time != period.stamp:
                bar = None
                stamp = period.stamp
        if bar is None:
            self.current = _bar(stamp, price, price, price, price, size)
        else:
            volume = None if size is None else (bar.volume or Decimal(0)) + size
            self.current = _bar(bar.time, bar.open, max(bar.high, price), min(bar.low, price), price, volume)
        return self.current


def _bar(
    time_ms: int, opened: Decimal, high: Decimal, low: Decimal, close: Decimal, volume: Decimal | None
) -> Bar:
    # Built without validation: the values are ours, and this runs for every tick.
    return Bar.model_construct(time=time_ms, open=opened, high=high, low=low, close=close, volume=volume)
