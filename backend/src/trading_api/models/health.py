"""Health and inventory of a running server."""

from typing import Annotated, Literal

from trading_api.models.common import Open, TimeMs, WireModel


class Health(WireModel):
    """A module answers, and since when."""

    status: Annotated[Literal["ok"], Open()]
    module: str
    version: str
    uptime_ms: int
    time: TimeMs


class ReadinessCheck(WireModel):
    """One thing the server needs before it can serve."""

    name: str
    ok: bool
    detail: str | None = None


class Readiness(WireModel):
    """Whether the server can do its work right now."""

    ready: bool
    checks: list[ReadinessCheck]


class ModuleInfo(WireModel):
    """An enabled module and where to find it."""

    name: str
    description: str
    url: str
    docs_url: str
    openapi_url: str
    ws_url: str | None = None
