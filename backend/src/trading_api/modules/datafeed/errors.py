"""What the datafeed refuses.

TradingError
  SymbolUnknown  AccountUnknown  ResolutionUnsupported  TimeRangeInvalid  ReplayUnavailable
"""

from trading_api.shared.errors import TradingError


class SymbolUnknown(TradingError):
    """No instrument has this name, ticker or EXCHANGE:NAME."""

    code, status, title = "symbol-unknown", 404, "Unknown symbol"


class AccountUnknown(TradingError):
    """There is no such account."""

    code, status, title = "account-unknown", 404, "Account unknown"


class ResolutionUnsupported(TradingError):
    """No bars of this length."""

    code, status, title = "resolution-unsupported", 422, "Unsupported resolution"


class TimeRangeInvalid(TradingError):
    """The requested range of time is empty or unbounded."""

    code, status, title = "time-range-invalid", 422, "Invalid time range"


class ReplayUnavailable(TradingError):
    """The market is not a recording."""

    code, status, title = "replay-unavailable", 404, "Nothing is replayed"
