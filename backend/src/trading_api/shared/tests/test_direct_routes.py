"""The direct way of a request: the same answers as FastAPI's way, and which of them it gives itself."""

import json
from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends, FastAPI, Header, Path, Query, Request, Response
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request as AnyRequest
from starlette.types import ASGIApp, Receive, Scope, Send

from trading_api.models.broker.orders import PreOrder, Side
from trading_api.models.common import Number, RequestModel, WireModel
from trading_api.shared.errors import NotFound
from trading_api.shared.http.direct_routes import DirectRoutes
from trading_api.shared.http.problems import install_problem_handlers
from trading_api.shared.routing import ModuleRouter

BASE = "/api/v1/shop"
router = ModuleRouter()


class Parcel(RequestModel):
    """What is sent."""

    side: Side
    weight: Number
    note: str | None = None


class Told(WireModel):
    """What an operation was called with."""

    values: dict[str, str]
    nothing: str | None = None


async def _shop(request: AnyRequest) -> str:
    name: str = request.app.state.service
    return name


Shop = Annotated[str, Depends(_shop)]
OrderId = Annotated[str, Path(alias="orderId", max_length=5)]


@router.get("/parcels")
async def parcels(
    shop: Shop,
    limit: Annotated[int, Query(ge=1)] = 7,
    side: Annotated[Side | None, Query()] = None,
    key: Annotated[str | None, Header(alias="Its-Key", max_length=4)] = None,
) -> Told:
    """Plain parameters."""
    return Told(values={"shop": shop, "limit": str(limit), "side": str(side), "key": str(key)})


@router.get("/parcels/newest")
async def newest_parcel(request: Request) -> Told:
    """A path that also fits the next operation, in a request that is taken whole."""
    return Told(values={"path": request.url.path, "root": str(request.scope["root_path"])})


@router.get("/parcels/{orderId}")
async def parcel(order_id: OrderId, shop: Shop) -> Told:
    """A parameter in the path; two of its values are refused."""
    if order_id == "none":
        raise NotFound("There is no parcel none.")
    if order_id == "bad":
        raise RuntimeError("broken")
    return Told(values={"id": order_id, "shop": shop})


@router.post("/parcels", status_code=201, response_model=Parcel)
async def send_parcel(parcel: Parcel, shop: Shop) -> Response:
    """A body."""
    return Response(parcel.model_dump_json(), 201, {"X-Shop": shop}, "application/json")


@router.get("/weights")
async def weights(weight: Annotated[list[int], Query()]) -> Told:
    """A list, which FastAPI has to read."""
    return Told(values={"weights": str(weight)})


def shop() -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.state.service = "corner"
    install_problem_handlers(app)
    app.include_router(router)
    return app


class Ways:
    """Both ways to the same operations; the long one counts who takes it."""

    def __init__(self) -> None:
        self.long = FastAPI(openapi_url=None)
        install_problem_handlers(self.long)
        mounted = shop()
        self.long.mount(BASE, mounted)
        self.taken = 0
        self.direct = DirectRoutes(self._count)
        self.direct.add(mounted, BASE)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.taken += 1
        await self.long(scope, receive, send)

    async def answers(
        self, method: str, path: str, **request: Any
    ) -> list[tuple[int, Any, Mapping[str, str]]]:
        return [await answer_of(app, method, path, **request) for app in (self.long, self.direct)]


async def answer_of(
    app: ASGIApp, method: str, path: str, **request: Any
) -> tuple[int, Any, Mapping[str, str]]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        answer = await client.request(method, f"{BASE}{path}", **request)
    return answer.status_code, answer.content, dict(answer.headers)


BODY = {"side": "buy", "weight": 1.25}


@pytest.mark.parametrize(
    ("method", "path", "request_parts", "status"),
    [
        ("GET", "/parcels", {}, 200),
        ("GET", "/parcels?limit=3&side=sell&limit=4&other=1", {"headers": {"Its-Key": "k"}}, 200),
        ("GET", "/parcels/newest", {}, 200),
        ("GET", "/parcels/O%C3%A91", {}, 200),
        ("GET", "/parcels/none", {}, 404),
        ("GET", "/parcels/bad", {}, 500),
        ("POST", "/parcels", {"json": BODY}, 201),
    ],
)
async def test_answers_what_fits(method: str, path: str, request_parts: dict[str, Any], status: int) -> None:
    ways = Ways()
    long, direct = await ways.answers(method, path, **request_parts)
    assert direct == long
    assert direct[0] == status
    assert ways.taken == 0


@pytest.mark.parametrize(
    ("method", "path", "request_parts", "status"),
    [
        ("GET", "/parcels?limit=0", {}, 422),
        ("GET", "/parcels?limit=", {}, 422),
        ("GET", "/parcels?side=up", {}, 422),
        ("GET", "/parcels", {"headers": {"Its-Key": "too long"}}, 422),
        ("GET", "/parcels/too-long", {}, 422),
        ("GET", "/parcels/", {}, 307),
        ("GET", "/weights?weight=1&weight=2", {}, 200),
        ("GET", "/nothing", {}, 404),
        ("PUT", "/parcels", {}, 405),
        ("POST", "/parcels", {}, 422),
        ("POST", "/parcels", {"json": BODY | {"size": 1}}, 422),
        ("POST", "/parcels", {"content": b"{"}, 422),
        ("POST", "/parcels", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ("POST", "/parcels", {"content": json.dumps(BODY), "headers": {"Content-Type": "text/json"}}, 422),
        (
            "POST",
            "/parcels",
            {
                "content": json.dumps(BODY).encode("utf-16"),
                "headers": {"Content-Type": "application/json; charset=utf-16"},
            },
            201,
        ),
    ],
)
async def test_leaves_the_rest(method: str, path: str, request_parts: dict[str, Any], status: int) -> None:
    ways = Ways()
    long, direct = await ways.answers(method, path, **request_parts)
    assert direct == long
    assert direct[0] == status
    assert ways.taken == 1


async def test_a_body_may_come_in_pieces() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield json.dumps(BODY).encode()[:10]
        yield json.dumps(BODY).encode()[10:]

    ways = Ways()
    headers = {"Content-Type": "application/json"}
    status, _, _ = await answer_of(ways.direct, "POST", "/parcels", content=pieces(), headers=headers)
    assert (status, ways.taken) == (201, 0)


PLAIN = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["buy", "limit"])
)
NUMBERS = st.integers(-(10**16), 10**16) | st.floats(-1e16, 1e16) | st.decimals(-9, 9, places=9).map(float)
ORDERS = st.fixed_dictionaries(
    {
        "symbol": st.sampled_from(["SPY", "", "é"]) | PLAIN,
        "type": st.just("limit"),
        "side": st.just("sell") | PLAIN,
        "qty": NUMBERS,
    },
    optional={
        "limitPrice": NUMBERS | PLAIN,
        "duration": st.just({"type": "gtc"}) | st.fixed_dictionaries({"type": PLAIN, "datetime": PLAIN}),
        "isClose": PLAIN,
        "other": PLAIN,
    },
)


@given(ORDERS)
def test_bodies_read_as_text_are_those_read_as_values(order: dict[str, Any]) -> None:
    text = json.dumps(order)
    assert _read(lambda: PreOrder.model_validate_json(text)) == _read(
        lambda: TypeAdapter(PreOrder).validate_python(json.loads(text), from_attributes=True)
    )


def _read(reading: Any) -> PreOrder | None:
    try:
        order: PreOrder = reading()
    except ValidationError:
        return None
    assert isinstance(order.qty, Decimal)
    return order
