"""Health and inventory of a running server."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Open, TimeMs, WireModel


class Health(WireModel):
    """A module answers, and since when."""

    status: Annotated[Literal["ok"], Open()]
    module: str = Field(examples=["core"])
    version: str = Field(examples=["0.1.0"])
    uptime_ms: int = Field(examples=[61250])
    time: TimeMs


class ReadinessCheck(WireModel):
    """One thing the server needs before it can serve."""

    name: str = Field(examples=["started"])
    ok: bool
    detail: str | None = None


class Readiness(WireModel):
    """Whether the server can do its work right now."""

    ready: bool
    checks: list[ReadinessCheck]


class ModuleInfo(WireModel):
    """An enabled module and where to find it."""

    name: str = Field(examples=["broker"])
    description: str = Field(examples=["Paper trading: orders, positions, executions and accounts."])
    url: str = Field(examples=["/api/v1/broker"])
    docs_url: str = Field(examples=["/api/v1/broker/docs"])
    openapi_url: str = Field(examples=["/api/v1/broker/openapi.json"])
    ws_url: str | None = Field(default=None, examples=["/api/v1/broker/ws"])
    asyncapi_url: str | None = Field(default=None, examples=["/api/v1/broker/ws/asyncapi.json"])
    streams_docs_url: str | None = Field(default=None, examples=["/api/v1/broker/ws/asyncapi"])
