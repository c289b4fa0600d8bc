"""Modules of documents' tests: some operations, some streams, and a service that nobody calls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.routing import APIRouter
from pydantic import Field

from trading_api.models.common import JournalModel, RequestModel, WireModel
from trading_api.shared.errors import NotFound, TradingError
from trading_api.shared.module_interface import Module
from trading_api.shared.routing import ModuleRouter, answering, problems
from trading_api.shared.ws.router import WsRouter


class LineTaken(TradingError):
    """The line is there already."""

    code, status, title = "line-taken", 422, "Line taken"


class NewLine(RequestModel):
    """A line to write."""

    text: str = Field(min_length=1, max_length=9, examples=["one"])


class Line(JournalModel):
    """A written line."""

    text: str = Field(examples=["one"])


class Length(WireModel):
    """How long a text is."""

    length: int = Field(examples=[3])


class LinesSubscriptionRequest(RequestModel):
    """Every line of a journal."""

    name: str = Field(examples=["a"])


class LinesWsRouter(WsRouter[LinesSubscriptionRequest, Line]):
    """The route `lines`."""

    route = "lines"
    request = LinesSubscriptionRequest
    data = Line


class LengthWsRouter(WsRouter[LinesSubscriptionRequest, Length]):
    """The route `line-length`."""

    route = "line-length"
    request = LinesSubscriptionRequest
    data = Length


router = ModuleRouter()


@router.post("/lines", status_code=201, responses=problems(LineTaken))
async def write_line(line: NewLine) -> Line:
    """Write a line: durable
    when answered. It is never written twice.

    Nothing else happens.
    """
    raise NotImplementedError


@router.get("/lines/{number}", responses=problems(NotFound))
async def get_line(number: Annotated[int, Path(ge=1, examples=[1])]) -> Line:
    """One line."""
    raise NotImplementedError


@router.get("/count", responses=answering(4))
async def count_lines(starting: Annotated[str, Query(examples=["o"])] = "") -> int:
    """How many lines there are."""
    raise NotImplementedError


@router.delete("/lines", status_code=204)
async def forget_lines() -> None:
    """Forget all lines."""


class JournalModule(Module):
    """A module with operations and streams."""

    name = "journal"
    description = "Lines."
    router = router
    ws_routes = (LinesWsRouter(), LengthWsRouter())

    @property
    def service(self) -> None:
        return None

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        yield


def module_of(
    routes: APIRouter, *streams: WsRouter[Any, Any], name: str = "other", version: str = "v1"
) -> type[Module]:
    """A module with other operations and streams."""
    members = {"name": name, "router": routes, "ws_routes": streams, "version": version}
    return type("OtherModule", (JournalModule,), members)
