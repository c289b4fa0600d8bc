"""The checksum by which a client knows that its copy of a book is that of the server."""

import zlib
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

CHECKED_LEVELS = 25


def book_checksum(bids: Sequence[tuple[Decimal, Decimal]], asks: Sequence[tuple[Decimal, Decimal]]) -> int:
    """CRC-32 of `price:volume|...` of the best 25 bids and then asks; both sides are given best first."""
    levels = chain(bids[:CHECKED_LEVELS], asks[:CHECKED_LEVELS])
    text = "|".join(f"{_plain(price)}:{_plain(volume)}" for price, volume in levels)
    return zlib.crc32(text.encode())


def _plain(number: Decimal) -> str:
    """As few digits as it needs, and no exponent: 61686, 0.00012."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
