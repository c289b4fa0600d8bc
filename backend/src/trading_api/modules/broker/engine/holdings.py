"""Which position an order that only reduces is about."""

from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.netting import position_met
from trading_api.modules.broker.engine.state import AccountState


def held_by(state: AccountState, order: Order) -> Position | None:
    """The open position that `order` can reduce; None if there is none on the other side."""
    position = position_met(state, order)
    if position is None or position.side is order.side or order.position_id not in (None, position.id):
        return None
    return position
