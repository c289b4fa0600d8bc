"""What the open orders of one side could open, arranged so that the cheapest of it can be set off at once."""

from bisect import bisect_left, bisect_right
from decimal import Decimal
from typing import NamedTuple

from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import ZERO

CHUNK = 128


class Opening(NamedTuple):
    """`qty` that an order may open; `unit` is what one of it is worth in the symbol's currency."""

    unit: Decimal
    age: int
    qty: Decimal


class _Chunk(NamedTuple):
    """Openings by rising worth, with their sums."""

    items: tuple[Opening, ...]
    qty: Decimal
    value: Decimal


class Openings:
    """Openings by rising worth, in chunks of which a change copies one; never changes."""

    __slots__ = ("_chunks", "qty", "value")

    def __init__(self, chunks: tuple[_Chunk, ...] = (), qty: Decimal = ZERO, value: Decimal = ZERO) -> None:
        self._chunks = chunks
        self.qty = qty
        self.value = value

    def beyond(self, qty: Decimal) -> Decimal:
        """Value of what is left when the cheapest `qty` is taken away."""
        if qty >= self.qty:
            return ZERO
        value = self.value
        for chunk in self._chunks:
            if qty < chunk.qty:
                return value - _cheapest(chunk, qty)
            qty, value = qty - chunk.qty, value - chunk.value
        return value

    def adding(self, item: Opening) -> "Openings":
        """With one opening more."""
        if not self._chunks:
            return self._putting(0, (item,), item.qty, item.qty * item.unit)
        index = self._index_of(item)
        chunk = self._chunks[index]
        at = bisect_right(chunk.items, item)
        items = (*chunk.items[:at], item, *chunk.items[at:])
        return self._putting(index, items, item.qty, item.qty * item.unit)

    def removing(self, item: Opening) -> "Openings":
        """Without `item`; ValueError if it is not there."""
        index = self._index_of(item) if self._chunks else 0
        items = self._chunks[index].items if self._chunks else ()
        at = bisect_left(items, item)
        if at == len(items) or items[at] != item:
            raise ValueError(f"{item} is not among the openings")
        return self._putting(index, items[:at] + items[at + 1 :], -item.qty, -item.qty * item.unit)

    def _index_of(self, item: Opening) -> int:
        if len(self._chunks) == 1:
            return 0
        return max(0, bisect_right(self._chunks, item, key=lambda chunk: chunk.items[0]) - 1)

    def _putting(self, index: int, items: tuple[Opening, ...], qty: Decimal, value: Decimal) -> "Openings":
        """With other `items` in a chunk, which change its sums by `qty` and `value`."""
        parts = self._parts(index, items, qty, value)
        chunks = self._chunks[:index] + parts + self._chunks[index + 1 :]
        return Openings(chunks, self.qty + qty, self.value + value)

    def _parts(
        self, index: int, items: tuple[Opening, ...], qty: Decimal, value: Decimal
    ) -> tuple[_Chunk, ...]:
        if not items:
            return ()
        if len(items) > CHUNK:
            half = len(items) // 2
            return (_chunk_of(items[:half]), _chunk_of(items[half:]))
        if index == len(self._chunks):
            return (_Chunk(items, qty, value),)
        before = self._chunks[index]
        return (_Chunk(items, before.qty + qty, before.value + value),)


NONE_OPEN = Openings()


def opening_of(order: Order | None) -> Opening | None:
    """What `order` may open; None if it only reduces. Without a known price it is worth nothing yet."""
    if order is None or order.only_reduces:
        return None
    price = ZERO if order.reserve_price is None else order.reserve_price
    return Opening(price * order.point_value, order.created_offset, order.remaining_qty)


def _chunk_of(items: tuple[Opening, ...]) -> _Chunk:
    qty = sum((item.qty for item in items), ZERO)
    return _Chunk(items, qty, sum((item.qty * item.unit for item in items), ZERO))


def _cheapest(chunk: _Chunk, qty: Decimal) -> Decimal:
    """Value of the cheapest `qty` of the chunk, which has more."""
    value = ZERO
    for item in chunk.items:
        if qty <= item.qty:
            return value + qty * item.unit
        qty, value = qty - item.qty, value + item.qty * item.unit
    return value
