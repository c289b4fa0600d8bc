"""Events and what they change, as rows of the journal's tables."""

from typing import Any

from trading_api.modules.broker.engine import Event, Execution, Order, Position, codec
from trading_api.modules.broker.engine.events import ORDER_EVENTS, ExecutionRecorded, PositionChanged
from trading_api.modules.broker.equity_samples import EquitySample
from trading_api.modules.broker.journal_chain import digest_of
from trading_api.modules.broker.repository.tables import AccountKey

Row = dict[str, Any]


def journal_row(key: AccountKey, event: Event, payload: str | None = None) -> Row:
    """An event, without the hash that its predecessor gives it; `order_id` is of the order it is about.

    `payload`, here as in the other rows, is its JSON if that has been written before.
    """
    return {
        "account_id": key.account_id,
        "epoch": key.epoch,
        "offset": event.offset,
        "type": event.type,
        "time": event.time,
        "order_id": _order_id(event),
        "payload": codec.EVENT.write(event) if payload is None else payload,
    }


def order_row(key: AccountKey, order: Order, payload: str | None = None) -> Row:
    """An order as its last event leaves it."""
    return {
        "account_id": key.account_id,
        "epoch": key.epoch,
        "order_id": order.id,
        "offset": order.offset,
        "status": order.status.value,
        "final": order.is_final,
        "listed_until": order.listed_until,
        "client_order_id": order.client_order_id,
        "payload": codec.ORDER.write(order) if payload is None else payload,
    }


def position_row(key: AccountKey, position: Position, payload: str | None = None) -> Row:
    """A position as its last event leaves it."""
    return key.columns | {
        "position_id": position.id,
        "symbol": position.symbol,
        "open": position.qty > 0,
        "payload": codec.POSITION.write(position) if payload is None else payload,
    }


def execution_row(key: AccountKey, execution: Execution, payload: str | None = None) -> Row:
    """A fill."""
    return key.columns | {
        "execution_id": execution.id,
        "offset": execution.offset,
        "symbol": execution.symbol,
        "payload": codec.EXECUTION.write(execution) if payload is None else payload,
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
        self.executions: dict[tuple[AccountKey, str], Execution] = {}
        self._payloads: dict[tuple[AccountKey, str], str | None] = {}

    def take(self, key: AccountKey, event: Event, payload: str | None = None) -> None:
        """An event that follows those before, and the JSON of its entity if that has been written."""
        if isinstance(event, ORDER_EVENTS):
            name = (key, event.order.id)
            self.orders[name] = event.order
        elif isinstance(event, PositionChanged):
            name = (key, event.position.id)
            self.positions[name] = event.position
        elif isinstance(event, ExecutionRecorded):
            name = (key, event.execution.id)
            self.executions[name] = event.execution
        else:
            return
        self._payloads[name] = payload

    def order_rows(self) -> list[Row]:
        """Orders as their last events leave them."""
        return [order_row(name[0], order, self._payloads[name]) for name, order in self.orders.items()]

    def position_rows(self) -> list[Row]:
        """Positions as their last events leave them."""
        return [position_row(name[0], each, self._payloads[name]) for name, each in self.positions.items()]

    def execution_rows(self) -> list[Row]:
        """Fills, in order."""
        return [execution_row(name[0], each, self._payloads[name]) for name, each in self.executions.items()]


def _order_id(event: Event) -> str | None:
    if isinstance(event, ExecutionRecorded):
        return event.execution.order_id
    return event.order.id if isinstance(event, ORDER_EVENTS) else None
