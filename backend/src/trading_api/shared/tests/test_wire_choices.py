"""Choices on the wire: closed for what the server takes, open for what a client reads."""

import pytest
from pydantic import TypeAdapter, ValidationError

from trading_api.models.broker.orders import OrderStatus, PlacedOrder, PreOrder
from trading_api.models.common import NEWER_SERVER
from trading_api.models.market.quotes import QuoteData

ORDER = {
    "id": "1",
    "symbol": "SPY",
    "type": "limit",
    "side": "buy",
    "qty": 1,
    "duration": {"type": "gtc"},
    "status": "working",
    "filledQty": 0,
    "createTime": 1,
    "updateTime": 1,
    "offset": 1,
}


def test_the_server_takes_only_what_it_knows() -> None:
    with pytest.raises(ValidationError, match="Input should be 'market'"):
        PreOrder.model_validate({"symbol": "SPY", "type": "iceberg", "side": "buy", "qty": 1})


def test_a_client_keeps_a_choice_that_it_does_not_know() -> None:
    newer = ORDER | {"status": "suspended", "duration": {"type": "opening", "until": 5}, "tags": ["new"]}
    order = TypeAdapter(PlacedOrder).validate_python(newer, context=NEWER_SERVER, extra="ignore")
    assert (order.status, order.status.known, order.duration.type.known) == ("suspended", False, False)
    assert order.to_wire() == ORDER | {"status": "suspended", "duration": {"type": "opening"}}
    assert OrderStatus.WORKING.known


@pytest.mark.parametrize("bad", [{"status": 7}, {"status": None}, {"qty": "many"}])
def test_a_client_takes_no_value_of_another_type(bad: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PlacedOrder).validate_python(ORDER | bad, context=NEWER_SERVER, extra="ignore")


def test_open_literals_behave_alike() -> None:
    quote = {"s": "delayed", "n": "SPY", "v": {"data_kind": "indicative"}}
    with pytest.raises(ValidationError):
        QuoteData.model_validate(quote)
    read = QuoteData.model_validate(quote, context=NEWER_SERVER)
    assert (read.s, read.v.data_kind) == ("delayed", "indicative")
