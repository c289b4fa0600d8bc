"""Steps of a random walk that change what is open: orders, brackets and positions."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.modules.broker.engine import Command, Instrument
from trading_api.modules.broker.engine.changed_order import WITH_LIMIT, WITH_STOP
from trading_api.modules.broker.engine.commands import (
    CancelOrders,
    ClosePosition,
    EditPositionBrackets,
    ModifyOrder,
    ReversePosition,
)
from trading_api.modules.broker.engine.entities import Brackets
from trading_api.modules.broker.tests.engine_cases import Desk

NOTHING = "O0"


@dataclass(frozen=True)
class BracketTicks:
    """Brackets with prices in ticks; pips are ticks as well."""

    take_profit: int | None = None
    stop_loss: int | None = None
    guaranteed_stop: int | None = None
    trailing: int | None = None

    def of(self, item: Instrument) -> Brackets:
        """The brackets in the prices of `item`."""
        tick = item.tick_size
        return Brackets(
            _price(self.take_profit, tick),
            _price(self.stop_loss, tick),
            _price(self.guaranteed_stop, tick),
            None if self.trailing is None else Decimal(self.trailing),
        )


UNPROTECTED = BracketTicks()


@dataclass(frozen=True)
class ModifyStep:
    """Change one of the open orders; `price` in ticks is for each price that its type takes."""

    choice: int
    steps: int | None = None
    price: int | None = None
    type: OrderType | None = None
    duration: DurationType | None = None
    wait: int | None = None
    brackets: BracketTicks | None = None

    def command(self, desk: Desk) -> Command:
        """The change, of an order that is not there if none is."""
        orders = desk.state.open_orders
        if not orders:
            return ModifyOrder(NOTHING)
        order = orders[self.choice % len(orders)]
        item = desk.instruments[order.symbol]
        kind = self.type or order.type
        price = _price(self.price, item.tick_size)
        return ModifyOrder(
            order.id,
            qty=None if self.steps is None else self.steps * item.qty_step,
            limit_price=price if kind in WITH_LIMIT else None,
            stop_price=price if kind in WITH_STOP else None,
            trailing_amount=None if price is None or kind is not OrderType.TRAILING_STOP else price / 20,
            type=self.type,
            duration=self.duration,
            gtd_time=None if self.wait is None else desk.time + self.wait,
            brackets=None if self.brackets is None else self.brackets.of(item),
        )


@dataclass(frozen=True)
class CloseStep:
    """Close a position, or a part of it."""

    choice: int
    steps: int | None

    def command(self, desk: Desk) -> Command:
        """The closing of one of the positions."""
        positions = desk.state.open_positions
        if not positions:
            return ClosePosition(NOTHING)
        position = positions[self.choice % len(positions)]
        step = desk.instruments[position.symbol].qty_step
        return ClosePosition(position.id, None if self.steps is None else self.steps * step)


@dataclass(frozen=True)
class ReverseStep:
    """Reverse a position."""

    choice: int

    def command(self, desk: Desk) -> Command:
        """The reversal of one of the positions."""
        positions = desk.state.open_positions
        return ReversePosition(positions[self.choice % len(positions)].id if positions else NOTHING)


@dataclass(frozen=True)
class ProtectStep:
    """Edit the brackets of a position."""

    choice: int
    brackets: BracketTicks

    def command(self, desk: Desk) -> Command:
        """The brackets of one of the positions."""
        positions = desk.state.open_positions
        if not positions:
            return EditPositionBrackets(NOTHING, Brackets())
        position = positions[self.choice % len(positions)]
        return EditPositionBrackets(position.id, self.brackets.of(desk.instruments[position.symbol]))


@dataclass(frozen=True)
class CancelManyStep:
    """Cancel the orders of a side, or each one by its id."""

    side: Side | None

    def command(self, desk: Desk) -> Command:
        """All orders of the side; or by name, among them one that is not open, and brackets, which stay."""
        if self.side is not None:
            return CancelOrders(side=self.side)
        return CancelOrders(order_ids=("O0", *(order.id for order in reversed(desk.state.open_orders))))


ChangeStep = ModifyStep | CloseStep | ReverseStep | ProtectStep | CancelManyStep

choices = st.integers(0, 9)
levels = st.integers(90, 118)
bracket_ticks = st.one_of(
    st.just(UNPROTECTED),
    st.builds(BracketTicks, st.integers(105, 115), st.none() | st.integers(90, 103)),
    st.builds(BracketTicks, st.integers(90, 103), st.none() | st.integers(105, 115)),
    st.builds(BracketTicks, st.none(), st.none(), st.none() | levels, st.none()),
    st.builds(BracketTicks, st.none() | levels, st.none(), st.none(), st.integers(0, 9)),
)
modifies = st.one_of(
    st.builds(ModifyStep, choices, steps=st.integers(0, 12)),
    st.builds(ModifyStep, choices, price=levels),
    st.builds(ModifyStep, choices, price=levels),
    st.builds(ModifyStep, choices, brackets=bracket_ticks),
    st.builds(
        ModifyStep,
        choices,
        price=levels,
        type=st.sampled_from([OrderType.LIMIT, OrderType.STOP, OrderType.STOP_LIMIT]),
    ),
    st.builds(
        ModifyStep,
        choices,
        duration=st.sampled_from(DurationType),
        wait=st.sampled_from([None, 1, 60_000]),
    ),
    st.builds(
        ModifyStep,
        choices,
        st.none() | st.integers(0, 12),
        st.none() | levels,
        st.none() | st.sampled_from(OrderType),
        st.none() | st.sampled_from(DurationType),
        st.sampled_from([None, None, 1]),
        st.none() | bracket_ticks,
    ),
)
changes = st.integers(0, 9).flatmap(
    lambda number: (
        modifies,
        modifies,
        modifies,
        modifies,
        st.builds(CloseStep, choices, st.none() | st.integers(1, 5)),
        st.builds(ReverseStep, choices),
        st.builds(ProtectStep, choices, bracket_ticks),
        st.builds(ProtectStep, choices, bracket_ticks),
        st.builds(ProtectStep, choices, bracket_ticks),
        st.builds(CancelManyStep, st.none() | st.sampled_from(Side)),
    )[number]
)
"""One strategy, so that it counts once among other steps."""


def _price(ticks: int | None, tick: Decimal) -> Decimal | None:
    return None if ticks is None else ticks * tick
