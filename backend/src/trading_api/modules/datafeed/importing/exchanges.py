"""What is known of exchanges that files name: their calendar, zone, and what is traded there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """The customs of one exchange; `session` is for those without a `calendar` (see StoredSymbol)."""

    zone: str
    type: str
    currency: str
    calendar: str | None = None
    session: str = "24x7"


_NEW_YORK = Exchange("America/New_York", "stock", "USD", "XNYS")
_ROUND_THE_CLOCK = Exchange("Etc/UTC", "crypto", "USD", "24x7")
FOREX = Exchange("America/New_York", "forex", "USD", None, "1700-1700:23456")
"""From Sunday to Friday, 17:00 in New York."""
_CHICAGO_FUTURES = Exchange("America/Chicago", "futures", "USD", "CMES")

EXCHANGES = {
    **dict.fromkeys(("NYSE", "NASDAQ", "ARCA", "AMEX", "BATS", "IEX", "USA", "NYSEARCA"), _NEW_YORK),
    **dict.fromkeys(
        ("COINBASE", "BINANCE", "BITSTAMP", "BITFINEX", "BITMEX", "BYBIT", "DYDX", "KRAKEN", "OKX", "GDAX"),
        _ROUND_THE_CLOCK,
    ),
    **dict.fromkeys(("OANDA", "FXCM", "FOREXCOM", "DUKASCOPY"), FOREX),
    **dict.fromkeys(("CME", "CBOT", "NYMEX", "COMEX"), _CHICAGO_FUTURES),
    "LSE": Exchange("Europe/London", "stock", "GBP", "XLON"),
    "XETR": Exchange("Europe/Berlin", "stock", "EUR", "XETR"),
    "EURONEXT": Exchange("Europe/Paris", "stock", "EUR", "XPAR"),
    "SIX": Exchange("Europe/Zurich", "stock", "CHF", "XSWX"),
    "TSX": Exchange("America/Toronto", "stock", "CAD", "XTSE"),
    "TSE": Exchange("Asia/Tokyo", "stock", "JPY", "XTKS"),
    "HKEX": Exchange("Asia/Hong_Kong", "stock", "HKD", "XHKG"),
    "ASX": Exchange("Australia/Sydney", "stock", "AUD", "XASX"),
    "NSE": Exchange("Asia/Kolkata", "stock", "INR", "XBOM"),
}
UNKNOWN_EXCHANGE = "IMPORTED"
"""Where symbols go whose exchange nobody tells."""
