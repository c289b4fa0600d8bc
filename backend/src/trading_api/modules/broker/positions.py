"""Positions: what is held, closing, reversing and protecting it."""

from collections.abc import Sequence

from trading_api.models.broker.orders import BracketTerms, PlaceOrderResult
from trading_api.models.broker.positions import Position, PositionClosing
from trading_api.modules.broker.engine import Event
from trading_api.modules.broker.engine.commands import (
    ClosePosition,
    Command,
    EditPositionBrackets,
    ReversePosition,
)
from trading_api.modules.broker.engine.events import PositionChanged
from trading_api.modules.broker.safe_retries import Answer, Attempt
from trading_api.modules.broker.trading import placing_answer
from trading_api.modules.broker.use_cases import Commanded, UseCases, answer, refusals
from trading_api.modules.broker.wire import brackets_of, wire_position


class Positions(UseCases):
    """What can be asked for about positions."""

    async def positions(self, account_id: str) -> list[Position]:
        """Open positions, oldest first."""
        return [wire_position(item) for item in (await self._ledger.book(account_id)).state.open_positions]

    async def close_position(
        self, account_id: str, position_id: str, closing: PositionClosing, key: str | None = None
    ) -> Commanded[PlaceOrderResult]:
        """Close a position at the market, all of it or a part.

        Raises PositionUnknown, a refusal with every failed check, IdempotencyKeyReused.
        """
        attempt = self._attempt(key, f"close {position_id}", closing.to_wire())
        return await self._trade(account_id, position_id, ClosePosition(position_id, closing.amount), attempt)

    async def reverse_position(
        self, account_id: str, position_id: str, key: str | None = None
    ) -> Commanded[PlaceOrderResult]:
        """Close a position at the market and open as much on the other side.

        Raises PositionUnknown, a refusal with every failed check, IdempotencyKeyReused.
        """
        attempt = self._attempt(key, "reverse", position_id)
        return await self._trade(account_id, position_id, ReversePosition(position_id), attempt)

    async def edit_brackets(
        self, account_id: str, position_id: str, brackets: BracketTerms, key: str | None = None
    ) -> Commanded[Position]:
        """Protect a position by exactly these brackets.

        Raises PositionUnknown, a refusal with every failed check, IdempotencyKeyReused.
        """
        attempt = self._attempt(key, f"brackets {position_id}", brackets.to_wire())
        book = await self._ledger.book(account_id)

        def to_answer(events: Sequence[Event]) -> Answer:
            changed = [event.position for event in events if isinstance(event, PositionChanged)]
            mine = [position for position in changed if position.id == position_id]
            return answer(wire_position(mine[-1] if mine else book.head.positions[position_id]))

        await self.market.known()
        command = EditPositionBrackets(position_id, brackets_of(brackets))
        quotes = await self.market.quotes(book.state.books)
        with refusals():
            done = await self._commands.do(book, command, to_answer, attempt, quotes)
        return Commanded.of(Position, done)

    async def _trade(
        self, account_id: str, position_id: str, command: Command, attempt: Attempt | None
    ) -> Commanded[PlaceOrderResult]:
        """Answered again under its key even when the position is gone by then."""
        book = await self._ledger.book(account_id)
        await self.market.known()
        quotes = await self.market.quotes(book.state.books)
        with refusals():
            done = await self._commands.do(book, command, placing_answer, attempt, quotes)
        return Commanded.of(PlaceOrderResult, done)
