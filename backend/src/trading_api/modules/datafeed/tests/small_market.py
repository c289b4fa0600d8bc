"""A recorded market small enough to be read in a test: SPY on a Friday and the Monday after it."""

import gzip
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.providers.base import Message
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.replay.recordings import read_recordings
from trading_api.modules.datafeed.tests.asked import timed
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandPacer
from trading_api.shared.clock import PlaybackClock

HOUR, MINUTE = 3_600_000, 60_000
OPEN = 9 * HOUR + 30 * MINUTE
MINUTES = Path("lean/equity/usa/minute/spy")
DAILY = Path("lean/equity/usa/daily/spy.zip")


def new_york(*when: int) -> int:
    """Wall time in New York as ms UTC."""
    return int(datetime(*when, tzinfo=ZoneInfo("America/New_York")).timestamp()) * 1000  # type: ignore[misc,arg-type]


FRIDAY = new_york(2013, 10, 4, 9, 30)
MONDAY = new_york(2013, 10, 7, 9, 30)


def write_zip(path: Path, text: str) -> None:
    """An archive with one file that holds `text`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("recorded.csv", text)


def write_gzip(path: Path, text: str) -> None:
    """A gzip file that holds `text`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))


def trade_row(millisecond: int, price: int, volume: int = 1_003) -> str:
    """A minute around `price`, in cents."""
    cents = [price, price + 30, price - 20, price + 10]
    return ",".join(str(n) for n in [millisecond, *[cent * 100 for cent in cents], volume]) + "\n"


def quote_row(millisecond: int, price: int) -> str:
    """The bids around `price`, in cents, and asks two cents above them."""
    bids = [price - 1, price + 29, price - 21, price + 9]
    numbers = [millisecond, *[b * 100 for b in bids], 300, *[b * 100 + 200 for b in bids], 500]
    return ",".join(str(n) for n in numbers) + "\n"


def write_small_market(root: Path) -> Path:
    """Friday 9:30, 9:31 and 9:40 and Monday 9:30, with rows before and after the session beside them."""
    friday = [(8 * HOUR, 9_000), (OPEN, 10_000), (OPEN + MINUTE, 10_010), (OPEN + 10 * MINUTE, 10_100)]
    friday.append((16 * HOUR, 20_000))
    monday = [(OPEN, 10_200)]
    for day, rows in (("20131004", friday), ("20131007", monday)):
        write_zip(root / MINUTES / f"{day}_trade.zip", "".join(trade_row(*row) for row in rows))
        write_zip(root / MINUTES / f"{day}_quote.zip", "".join(quote_row(*row) for row in rows))
    days = ["20131002", "20131003", "20131004", "20131007", "20131008"]
    daily = "".join(f"{day} 00:00,990000,1010000,980000,1000000,{day}\n" for day in days)
    write_zip(root / DAILY, daily)
    return root


class Played:
    """One run of the small market, by hand."""

    def __init__(
        self,
        root: Path,
        *,
        seconds: float = 0,
        speed: int = 1,
        start: int | None = None,
        paused: bool = False,
    ) -> None:
        self.clock = PlaybackClock()
        self.pacer = HandPacer(seconds)
        begin = None if start is None else datetime.fromtimestamp(start / 1000, ZoneInfo("UTC"))
        self.provider = ReplayProvider(
            lambda: read_recordings(root),
            root / "state",
            self.clock,
            self.pacer,
            start=begin,
            speed=Decimal(speed),
            paused=paused,
        )
        self.messages: list[Quote | Trade | ClockMoved] = []
        self.provider.load()

    async def run(self) -> None:
        """Until the pacer's time is over."""
        try:
            await self.provider.run(self._emit)
        except EndOfTest:
            return

    def _emit(self, emitted: Message) -> None:
        message = timed(emitted)
        assert message.time == self.provider.position() == self.clock.now_ms()
        self.messages.append(message)

    @property
    def trades(self) -> list[Trade]:
        """The trades played so far."""
        return [message for message in self.messages if isinstance(message, Trade)]

    @property
    def clock_times(self) -> list[int]:
        """Moments that were announced."""
        return [message.time for message in self.messages if isinstance(message, ClockMoved)]
