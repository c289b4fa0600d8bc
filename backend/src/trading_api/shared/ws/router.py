"""Routes of a module's WebSocket: declared in its `ws.py`, made concrete in its `ws_generated`."""

from typing import ClassVar, Generic, TypeVar

from trading_api.models.common import BookModel, EventModel, JournalModel, RequestModel, WireModel
from trading_api.models.streaming import Delivery
from trading_api.models.topics import topic_name
from trading_api.shared.ws.topics import Topic, TopicUpdate

Request = TypeVar("Request", bound=RequestModel)
Data = TypeVar("Data", bound=WireModel)


class WsRouter(Generic[Request, Data]):
    """One route: clients subscribe with a `Request` and receive `Data` as `delivery` promises.

    `OrdersWsRouter: TypeAlias = WsRouter[OrdersSubscriptionRequest, PlacedOrder]` in a module's `ws.py`
    declares the route `orders`. Its concrete class is generated.
    """

    route: ClassVar[str]
    request: ClassVar[type[RequestModel]]
    data: ClassVar[type[WireModel]]

    @property
    def delivery(self) -> Delivery:
        """Every change of a journal's entity or of a book, in order; of anything else the newest value."""
        if issubclass(self.data, JournalModel):
            return Delivery.JOURNAL
        return Delivery.BOOK if issubclass(self.data, BookModel) else Delivery.LATEST

    @property
    def conflatable(self) -> bool:
        """Whether a newer update may take the place of one that waits for a slow client."""
        return self.delivery is Delivery.LATEST and not issubclass(self.data, EventModel)

    def topic(self, request: Request) -> Topic:
        """The stream that `request` chooses."""
        return Topic(self.route, request, topic_name(self.route, request))

    def update(self, data: Data) -> TopicUpdate:
        """A new value of one of the route's topics."""
        return TopicUpdate(data, data.offset if isinstance(data, JournalModel | BookModel) else None)
