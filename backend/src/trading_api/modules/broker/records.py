"""What has happened: orders, executions, and why."""

from collections.abc import AsyncIterator

from trading_api.models.broker.events import EventsPage
from trading_api.models.broker.executions import ExecutionsPage
from trading_api.models.broker.explanations import OrderExplanation
from trading_api.models.broker.orders import OrdersPage, PlacedOrder
from trading_api.modules.broker.cursors import read_cursor, write_cursor
from trading_api.modules.broker.engine import Order
from trading_api.modules.broker.errors import OrderUnknown
from trading_api.modules.broker.explain import explained_steps
from trading_api.modules.broker.use_cases import UseCases
from trading_api.modules.broker.waiting import waiting_for
from trading_api.modules.broker.wire import placed_order, wire_execution


class Records(UseCases):
    """What can be asked for about the past."""

    async def order(self, account_id: str, order_id: str) -> PlacedOrder:
        """One order; raises OrderUnknown."""
        return placed_order(await self._found(account_id, order_id))

    async def orders(self, account_id: str) -> list[PlacedOrder]:
        """Open orders and those that became final in the present trading day, oldest change first."""
        key = (await self._ledger.book(account_id)).key
        await self.market.known()
        return [
            placed_order(order) for order in await self._repository.day_orders(key, self.market.now().time)
        ]

    async def history(self, account_id: str, limit: int, cursor: str | None) -> OrdersPage:
        """Final orders, newest first."""
        key = (await self._ledger.book(account_id)).key
        found = await self._repository.final_orders(key, limit + 1, read_cursor(key, cursor))
        more = write_cursor(key, found[limit - 1].offset) if len(found) > limit else None
        return OrdersPage(orders=[placed_order(order) for order in found[:limit]], next_cursor=more)

    async def executions(
        self, account_id: str, symbol: str | None, limit: int, cursor: str | None
    ) -> ExecutionsPage:
        """Executions, newest first, all or those of one symbol."""
        key = (await self._ledger.book(account_id)).key
        before = read_cursor(key, cursor)
        found = await self._repository.executions(key, limit + 1, before, symbol)
        more = write_cursor(key, found[limit - 1].offset) if len(found) > limit else None
        return ExecutionsPage(executions=[wire_execution(item) for item in found[:limit]], next_cursor=more)

    async def explanation(self, account_id: str, order_id: str) -> OrderExplanation:
        """Everything that happened to an order and why, and what it still waits for; raises OrderUnknown."""
        book = await self._ledger.book(account_id)
        order = await self._found(account_id, order_id)
        instrument = await self.market.instrument(order.symbol)
        events = await self._repository.order_events(book.key, order_id)
        steps = explained_steps(order.id, events, instrument.tick_size)
        waiting = None
        if not order.is_final:
            market = await self._market_of(book, order.symbol)
            waiting = waiting_for(order, instrument, market)
        return OrderExplanation(order=placed_order(order), steps=steps, waiting_for=waiting)

    async def events(self, account_id: str, after: int, limit: int) -> EventsPage:
        """The journal as it is written, after an offset."""
        return await self._tail.page((await self._ledger.book(account_id)).key, after, limit)

    async def follow_events(self, account_id: str, event_id: str | None, after: int) -> AsyncIterator[str]:
        """The journal as Server-Sent Events, after the event of an id or an offset."""
        return self._tail.follow(await self._ledger.book(account_id), event_id, after)

    async def _found(self, account_id: str, order_id: str) -> Order:
        found = await self._repository.order((await self._ledger.book(account_id)).key, order_id)
        if found is None:
            raise OrderUnknown(f"The account {account_id} has no order {order_id[:100]}.")
        return found
