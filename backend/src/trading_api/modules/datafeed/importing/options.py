"""What an importer is told by whoever imports; what it is not told it guesses, and says so in its note."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from trading_api.modules.datafeed.bars.resolution import Resolution

BAR_COLUMNS = ("time", "open", "high", "low", "close", "volume")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """None or empty: not told."""

    symbol: str | None = None
    """`TICKER` or `EXCHANGE:TICKER`."""
    exchange: str | None = None
    type: str | None = None
    currency: str | None = None
    description: str | None = None
    zone: ZoneInfo | None = None
    """Of times that are written without one."""
    resolution: Resolution | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """The name or the number, from 1, of the column of each of `BAR_COLUMNS`; `Date+Time` are two."""
    delimiter: str | None = None
    time_format: str | None = None
    """As `strptime` has it, such as `%d.%m.%Y %H:%M`."""
    price_places: int | None = None
    """Decimals that prices are rounded to."""
