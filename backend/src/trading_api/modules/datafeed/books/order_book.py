"""One order book: the size that is shown at each price, best prices first."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from operator import neg
from typing import Generic, TypeAlias, TypeVar

from sortedcontainers import SortedDict  # type: ignore[import-untyped]  # it has no stubs

Number = TypeVar("Number", int, Decimal)
Level: TypeAlias = tuple[Number, Number]
"""A price and its size."""


class OrderBook(Generic[Number]):
    """Levels by price, in exact numbers of any one kind."""

    __slots__ = ("_asks", "_bids")

    def __init__(self) -> None:
        self._bids = SortedDict(neg)
        self._asks = SortedDict()

    def replace(self, bids: Iterable[Level[Number]], asks: Iterable[Level[Number]]) -> None:
        """The book is this from now on."""
        self._bids.clear()
        self._asks.clear()
        self._bids.update({price: size for price, size in bids if size})
        self._asks.update({price: size for price, size in asks if size})

    def apply(self, bids: Iterable[Level[Number]], asks: Iterable[Level[Number]]) -> None:
        """These prices have these sizes now; 0 takes the price away, whether it was there or not."""
        for side, levels in ((self._bids, bids), (self._asks, asks)):
            for price, size in levels:
                if size:
                    side[price] = size
                else:
                    side.pop(price, None)

    def bids(self, levels: int | None = None) -> list[Level[Number]]:
        """The best so many, or all, highest first."""
        return list(islice(self._bids.items(), levels))

    def asks(self, levels: int | None = None) -> list[Level[Number]]:
        """The best so many, or all, lowest first."""
        return list(islice(self._asks.items(), levels))

    @property
    def is_crossed(self) -> bool:
        """Whether somebody bids as much as somebody asks, or more, so that it is no book of one moment."""
        return bool(self._bids and self._asks) and self._bids.peekitem(0)[0] >= self._asks.peekitem(0)[0]

    def __len__(self) -> int:
        return len(self._bids) + len(self._asks)
