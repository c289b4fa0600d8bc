"""Orders: preview, place, change, cancel."""

from collections.abc import Sequence

from trading_api.models.broker.orders import (
    CanceledInBatch,
    CancelOrdersResult,
    OrderChange,
    OrderStatus,
    PlacedOrder,
    PlaceOrderResult,
    PreOrder,
    Side,
)
from trading_api.models.broker.previews import OrderPreview
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.confirming import Confirmed
from trading_api.modules.broker.engine import (
    AccountState,
    CancelOrder,
    Event,
    Order,
    OrderNotOpen,
    preview,
)
from trading_api.modules.broker.engine.commands import ExecuteOrders
from trading_api.modules.broker.engine.events import ORDER_EVENTS, last_order
from trading_api.modules.broker.errors import OrderFinal, OrderUnknown
from trading_api.modules.broker.order_preview import movements_since, order_preview
from trading_api.modules.broker.safe_retries import Answer
from trading_api.modules.broker.sweeping import Reply, Sweep
from trading_api.modules.broker.use_cases import Commanded, UseCases, answer, refusals
from trading_api.modules.broker.wire import command_of, modification_of, placed_order


class Trading(UseCases):
    """What can be asked for about orders."""

    async def place(
        self, account_id: str, pre_order: PreOrder, key: str | None = None
    ) -> Commanded[PlaceOrderResult]:
        """Place an order; with the same `key` again, what came of it then.

        Raises a refusal with every failed check, SymbolUnknown, AccountUnknown, IdempotencyKeyReused, and
        ConfirmInvalid, ConfirmMismatch or ConfirmStale for a `confirmId`.
        """
        attempt = self._attempt(key, "place", pre_order)
        book = await self._ledger.book(account_id)
        instrument = await self.market.instrument(pre_order.symbol)
        command = command_of(pre_order, instrument.symbol)
        confirmed = Confirmed.read(pre_order.confirm_id)
        if confirmed is not None:
            confirmed.check_order(command)
        await self.market.known()
        with book.awaiting(instrument.symbol):
            quotes = await self.market.quotes({instrument.symbol, *book.state.books})

            def to_answer(events: Sequence[Event]) -> Answer:
                if confirmed is not None:
                    estimate = preview(book.head, command, instrument, self.market.now(quotes))
                    confirmed.check_terms(estimate, book.head.terms.confirm_tolerance_bps)
                return placing_answer(events)

            with refusals():
                done = await self._commands.do(book, command, to_answer, attempt, quotes)
        return Commanded.of(PlaceOrderResult, done)

    async def preview(self, account_id: str, pre_order: PreOrder) -> OrderPreview:
        """What an order would cost, and every reason for which it would be refused."""
        book = await self._ledger.book(account_id)
        instrument = await self.market.instrument(pre_order.symbol)
        market = await self._market_of(book, instrument.symbol)
        command = command_of(pre_order, instrument.symbol)
        estimate = preview(book.state, command, instrument, market)
        movements = movements_since(pre_order, market.quote(command.symbol))
        return order_preview(command, estimate, book.state.currency, movements)

    async def modify(
        self, account_id: str, order_id: str, change: OrderChange, key: str | None = None
    ) -> Commanded[PlacedOrder]:
        """Change an open order, which keeps its id; with the same `key` again, what came of it then.

        Raises a refusal with every failed check, OrderUnknown, OrderFinal, IdempotencyKeyReused.
        """
        attempt = self._attempt(key, f"modify {order_id}", change.to_wire())
        book = await self._ledger.book(account_id)
        before = await self._order(book, order_id)

        def to_answer(events: Sequence[Event]) -> Answer:
            return answer(placed_order(_order_after(order_id, events, book.head, before)))

        await self.market.known()
        with book.awaiting(before.symbol):
            quotes = await self.market.quotes({before.symbol, *book.state.books})
            command = modification_of(order_id, change)
            try:
                with refusals():
                    done = await self._commands.do(book, command, to_answer, attempt, quotes)
            except OrderNotOpen as error:
                raise await self._final(book, order_id) from error
        return Commanded.of(PlacedOrder, done)

    async def cancel(self, account_id: str, order_id: str, key: str | None = None) -> Commanded[PlacedOrder]:
        """Cancel an open order; with the same `key` again, what came of it then.

        Raises OrderUnknown, OrderFinal with what became of it, IdempotencyKeyReused.
        """
        attempt = self._attempt(key, "cancel", order_id)
        book = await self._ledger.book(account_id)
        before = await self._order(book, order_id)

        def to_answer(events: Sequence[Event]) -> Answer:
            return answer(placed_order(_order_after(order_id, events, book.head, before)))

        await self.market.known()
        try:
            done = await self._commands.do(book, CancelOrder(order_id), to_answer, attempt)
        except OrderNotOpen as error:
            raise await self._final(book, order_id) from error
        return Commanded.of(PlacedOrder, done)

    async def cancel_orders(
        self, account_id: str, symbol: str | None, side: Side | None, key: str | None = None
    ) -> Commanded[CancelOrdersResult]:
        """Cancel the open orders of a symbol or a side, or all; brackets of positions stay.

        The result of an order that became final otherwise before its turn came says so. Raises SymbolUnknown,
        IdempotencyKeyReused.
        """
        attempt = self._attempt(key, "cancel-many", [symbol or "", side or ""])
        book = await self._ledger.book(account_id)
        instrument = None if symbol is None else await self.market.instrument(symbol)
        await self.market.known()
        sweep = Sweep(None if instrument is None else instrument.symbol, side)
        done = await self._sweeps.sweep(book, sweep, CANCEL_MANY, attempt)
        return Commanded.of(CancelOrdersResult, done)

    async def execute_orders(self, account_id: str, key: str | None = None) -> Commanded[CancelOrdersResult]:
        """Fill every working order now, at the price that is there; for debugging only."""
        attempt = self._attempt(key, "execute-orders", account_id)
        book = await self._ledger.book(account_id)
        await self.market.known()
        quotes = await self.market.quotes(book.state.books)
        with refusals():
            done = await self._commands.do(book, ExecuteOrders(), _changed_answer, attempt, quotes)
        return Commanded.of(CancelOrdersResult, done)

    async def _order(self, book: AccountBook, order_id: str) -> Order:
        found = book.state.orders.get(order_id) or await self._repository.order(book.key, order_id)
        if found is None:
            raise OrderUnknown(f"The account {book.key.account_id} has no order {order_id[:100]}.")
        return found

    async def _final(self, book: AccountBook, order_id: str) -> OrderFinal:
        return _final_as(await self._order(book, order_id))


def placing_answer(events: Sequence[Event]) -> Answer:
    """The answer to a command that places an order."""
    order = placed_order(last_order(events))
    return answer(PlaceOrderResult(order_id=order.id, order=order), 201)


def _order_after(order_id: str, events: Sequence[Event], state: AccountState, before: Order) -> Order:
    changed = [event.order for event in events if isinstance(event, ORDER_EVENTS)]
    mine = [order for order in changed if order.id == order_id]
    return mine[-1] if mine else state.orders.get(order_id, before)


def _changed_answer(events: Sequence[Event]) -> Answer:
    changed = {event.order.id: event.order for event in events if isinstance(event, ORDER_EVENTS)}
    return _results(list(changed.values()))


def _results(orders: Sequence[Order]) -> Answer:
    listed = sorted(orders, key=lambda order: order.created_offset)
    results = [CanceledInBatch(order_id=item.id, status=200, order=placed_order(item)) for item in listed]
    return answer(CancelOrdersResult(results=results), 207)


def _canceled_in_batch(order: Order) -> str:
    if order.status is OrderStatus.CANCELED:
        return answer(CanceledInBatch(order_id=order.id, status=200, order=placed_order(order))).body
    final = _final_as(order)
    return answer(
        CanceledInBatch(order_id=order.id, status=final.status, code=final.code, detail=final.detail)
    ).body


def _all_canceled(results: Sequence[str]) -> Answer:
    return Answer(f'{{"results":[{",".join(results)}]}}', 207)


CANCEL_MANY = Reply(_canceled_in_batch, _all_canceled)
"""A `CancelOrdersResult`, of which each result is written when it is known."""


def _final_as(order: Order) -> OrderFinal:
    return OrderFinal(f"The order {order.id} is {order.status.value}.")
