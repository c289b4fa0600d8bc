"""Which change of a book follows which, as each exchange numbers them; and the checksum of OKX.

A rule takes the number that the book has reached and the change, and says whether it is next, was already
in the book, or shows that others are missing.
"""

import zlib
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from itertools import zip_longest

CHECKED_LEVELS = 25


class Place(Enum):
    """Where a change belongs."""

    NEXT = "next"
    OLD = "old"
    LATER = "later"
    """Something before it is missing."""


def binance_spot(reached: int, first: int, last: int) -> Place:
    """`U` and `u` are the first and last update in it: it follows when `U` is at most the reached plus one.

    Source: Binance, "How to manage a local order book correctly".
    """
    if last <= reached:
        return Place.OLD
    return Place.NEXT if first <= reached + 1 else Place.LATER


def bitstamp(reached: int, time: int) -> Place:
    """Changes bear microseconds and no number: what is not later than the book is in it."""
    return Place.NEXT if time > reached else Place.OLD


def okx(reached: int, previous: int | None, number: int | None) -> Place:
    """`prevSeqId` must be what was reached; messages of before 2023 have none and follow each other.

    A number that equals the one before, or a smaller one after maintenance, follows all the same.
    """
    if previous is None or number is None:
        return Place.NEXT
    return Place.NEXT if previous == reached else Place.LATER


def okx_checksum(bids: Sequence[tuple[Decimal, Decimal]], asks: Sequence[tuple[Decimal, Decimal]]) -> int:
    """Signed CRC-32 of `bid:size:ask:size:...` of the best 25 levels, written as they came.

    Source: OKX API, order book channel, "Checksum".
    """
    pairs = zip_longest(bids[:CHECKED_LEVELS], asks[:CHECKED_LEVELS], fillvalue=None)
    levels = [level for pair in pairs for level in pair if level is not None]
    text = ":".join(f"{price:f}:{size:f}" for price, size in levels)
    unsigned = zlib.crc32(text.encode())
    return unsigned - 2**32 if unsigned >= 2**31 else unsigned
