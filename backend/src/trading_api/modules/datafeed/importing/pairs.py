"""The two sides of a pair that is written as one word."""

_QUOTES = ("USDT", "USDC", "FDUSD", "BUSD", "USD", "EUR", "GBP", "JPY", "TRY", "BTC", "ETH", "BNB")


def pair_of(symbol: str) -> tuple[str, str]:
    """Base and quote of `BTCUSDT`, of which only the quotes are known; else the last three letters count."""
    name = symbol.upper()
    quote = next((known for known in _QUOTES if name.endswith(known) and name != known), name[-3:])
    return name.removesuffix(quote), quote
