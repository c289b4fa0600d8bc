"""The life of an order as one table."""

from collections.abc import Mapping
from enum import StrEnum

from trading_api.models.broker.orders import OrderStatus as S


class OrderChange(StrEnum):
    """What can happen to an order."""

    __hash__ = str.__hash__  # that of Enum is written in Python

    ACCEPTED = "accepted"
    TRIGGERED = "triggered"
    PARTLY_FILLED = "partly filled"
    FILLED = "filled"
    CANCELED = "canceled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    REPLACED = "replaced"


C = OrderChange

TRANSITIONS: Mapping[tuple[S, OrderChange], tuple[S, ...]] = {
    (S.PLACING, C.ACCEPTED): (S.WORKING, S.INACTIVE),
    (S.PLACING, C.REJECTED): (S.REJECTED,),
    (S.INACTIVE, C.ACCEPTED): (S.WORKING,),
    (S.INACTIVE, C.CANCELED): (S.CANCELED,),
    (S.INACTIVE, C.EXPIRED): (S.EXPIRED,),
    (S.INACTIVE, C.REPLACED): (S.INACTIVE,),
    (S.WORKING, C.TRIGGERED): (S.WORKING,),
    (S.WORKING, C.PARTLY_FILLED): (S.WORKING,),
    (S.WORKING, C.FILLED): (S.FILLED,),
    (S.WORKING, C.CANCELED): (S.CANCELED,),
    (S.WORKING, C.EXPIRED): (S.EXPIRED,),
    (S.WORKING, C.REJECTED): (S.REJECTED,),
    (S.WORKING, C.REPLACED): (S.WORKING,),
}
"""From a status, through a change, to the status it leads to; what is not here does not happen."""

FINAL = frozenset({S.FILLED, S.CANCELED, S.REJECTED, S.EXPIRED})
"""Statuses that never change again."""


class IllegalTransition(Exception):
    """An order was about to do what its life does not allow: a defect, never a caller's fault."""


def advance(before: S, change: OrderChange, after: S) -> S:
    """`after`, if `change` may lead there from `before`; raises IllegalTransition otherwise."""
    if after not in TRANSITIONS.get((before, change), ()):
        raise IllegalTransition(f"an order cannot go from {before} to {after} by being {change}")
    return after
