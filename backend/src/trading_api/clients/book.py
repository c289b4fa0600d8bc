"""A client's copy of an order book, and how it knows that it is that of the server."""

from decimal import Decimal

from trading_api.clients.stream_subscription import Received, SnapshotReceived, UpdateReceived
from trading_api.models.market.book_checksum import book_checksum
from trading_api.models.market.quotes import DepthLevel, DepthUpdate


class BookCopy:
    """Applies what a subscription of `depth` brings.

    >>> if not book.apply(received):
    ...     subscription.begin_anew()
    """

    def __init__(self) -> None:
        self._bids: dict[Decimal, Decimal] = {}
        self._asks: dict[Decimal, Decimal] = {}
        self.time: int | None = None

    def apply(self, received: Received[DepthUpdate]) -> bool:
        """Take it in; False if the copy is not what the server has, by its checksum."""
        match received:
            case SnapshotReceived(items=[*_, whole]):
                return self._apply(whole)
            case UpdateReceived(data=change):
                return self._apply(change)
        return True

    def bids(self) -> list[tuple[Decimal, Decimal]]:
        """Prices and volumes, highest first."""
        return sorted(self._bids.items(), reverse=True)

    def asks(self) -> list[tuple[Decimal, Decimal]]:
        """Prices and volumes, lowest first."""
        return sorted(self._asks.items())

    def _apply(self, update: DepthUpdate) -> bool:
        if update.snapshot:
            self._bids.clear()
            self._asks.clear()
        _set(self._bids, update.bids)
        _set(self._asks, update.asks)
        self.time = update.time
        return book_checksum(self.bids(), self.asks()) == update.checksum


def _set(side: dict[Decimal, Decimal], levels: list[DepthLevel]) -> None:
    for level in levels:
        if level.volume:
            side[level.price] = level.volume
        else:
            side.pop(level.price, None)
