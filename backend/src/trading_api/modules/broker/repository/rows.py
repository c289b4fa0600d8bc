"""Events and what they change, as rows of the journal's tables."""

from collections.abc import Iterable
from typing import Any

from trading_api.modules.broker.engine import Event, Execution, Order, Position, codec
from trading_api.modules.broker.engine.events import ORDER_EVENTS, ExecutionRecorded, PositionChanged
from trading_api.modules.broker.equity_samples import EquitySample
from trading_api.modules.broker.journal_chain import digest_of
from trading_api.modules.broker.repository.tables import AccountKey

Row = dict[str, Any]


def journal_row(key: AccountKey, event: Event) -> Row:
    """An event, without the hash that its predecessor gives it; `order_id` is of the order it is about."""
    return key.columns | {
        "offset": event.offset,
        "type": event.type,
        "time": event.time,
        "order_id": _order_id(event),
        "payload": codec.EVENT.write(event),
    }


def order_row(key: AccountKey, order: Order) -> Row:
    """An order as its last event leaves it."""
    return key.columns | {
        "order_id": order.id,
        "offset": order.offset,
        "status": order.status.value,
        "final": order.is_final,
        "listed_until": order.listed_until,
        "client_order_id": order.client_order_id,
        "payload": codec.ORDER.write(order),
    }


def position_row(key: AccountKey, position: Position) -> Row:
    """A position as its last event leaves it."""
    return key.columns | {
        "position_id": position.id,
        "symbol": position.symbol,
        "open": position.qty > 0,
        "payload": codec.POSITION.write(position),
    }


def execution_row(key: AccountKey, execution: Execution) -> Row:
    """A fill."""
    return key.columns | {
        "execution_id": execution.id,
        "offset": execution.offset,
        "symbol": execution.symbol,
        "payload": codec.EXECUTION.write(execution),
    }


def sample_row(key: AccountKey, sample: EquitySample) -> Row:
    """A sample as a row of the equity history."""
    row: Row = key.columns | {
        "time": sample.time,
        "balance": str(sample.balance),
        "equity": str(sample.equity),
        "unrealized_pl": str(sample.unrealized_pl),
        "realized_pl": str(sample.realized_pl),
        "margin_used": str(sample.margin_used),
    }
    return row | {"digest": digest_of(row)}


class Entities:
    """The last version of each entity that events are about, and every execution."""

    def __init__(self) -> None:
        self.orders: dict[tuple[AccountKey, str], Order] = {}
        self.positions: dict[tuple[AccountKey, str], Position] = {}
        self.executions: list[tuple[AccountKey, Execution]] = []

    def take(self, key: AccountKey, events: Iterable[Event]) -> None:
        """Events that follow those before."""
        for event in events:
            if isinstance(event, ORDER_EVENTS):
                self.orders[key, event.order.id] = event.order
            elif isinstance(event, PositionChanged):
                self.positions[key, event.position.id] = event.position
            elif isinstance(event, ExecutionRecorded):
                self.executions.append((key, event.execution))


def _order_id(event: Event) -> str | None:
    if isinstance(event, ExecutionRecorded):
        return event.execution.order_id
    return event.order.id if isinstance(event, ORDER_EVENTS) else None
