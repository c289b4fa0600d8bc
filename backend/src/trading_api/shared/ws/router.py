"""Declaring the WebSocket routes of a module."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from trading_api.models.common import RequestModel, WireModel
from trading_api.models.streaming import Delivery

Request = TypeVar("Request", bound=RequestModel)
Data = TypeVar("Data", bound=WireModel)


@dataclass(frozen=True)
class WsRouter(Generic[Request, Data]):
    """One route: clients subscribe with a `Request` and receive `Data` as `delivery` promises."""

    route: str
    request: type[Request]
    data: type[Data]
    delivery: Delivery
