"""The recording that the replay's benches play."""

import os
from pathlib import Path

from trading_api.modules.datafeed.providers.replay.listing import plain_hours
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries
from trading_api.modules.datafeed.providers.replay.texts import text_series

SYMBOL = "BTCUSDT"
REPOSITORY = Path(__file__).parents[3]


def recordings() -> Path | None:
    """The folder of recordings, if there is one."""
    folder = Path(os.environ.get("TRADING_MARKET_DATA") or REPOSITORY / ".." / "shared" / "data")
    return folder if (folder / "hftbacktest").is_dir() else None


def recorded_symbol(folder: Path) -> RecordedSeries:
    """The recording of SYMBOL: trades, best prices and the changes of its book."""
    return next(one for one in text_series(folder, plain_hours) if one.instrument.ticker == SYMBOL)
