"""The life of a version or of one operation, and what every answer says once its end is announced."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any, Literal, TypedDict

from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from trading_api.models.versioning import VersionStatus

Maturity = Literal[VersionStatus.ALPHA, VersionStatus.BETA, VersionStatus.STABLE]
VERSION_PATTERN = re.compile(r"v[1-9][0-9]{0,3}")
DEPRECATION_FIELD = "x-deprecation"
"""Where an operation of an OpenAPI document, or a channel of an AsyncAPI one, says when it ends."""
DEPRECATION_STATE = "deprecation"
"""Where the state of a request holds what its operation says about its end."""


@dataclass(frozen=True)
class Deprecation:
    """The announced end: deprecated from the day `since`, gone on the day `sunset`; days begin at 00:00 UTC.

    `successor` is the path of what to use instead.
    """

    since: date
    sunset: date | None = None
    successor: str | None = None

    def __post_init__(self) -> None:
        if self.sunset is not None and self.sunset < self.since:
            raise ValueError(f"the sunset {self.sunset} is before the deprecation {self.since}")

    def told(self) -> dict[str, str]:
        """What documents say of it."""
        told = {"since": self.since, "sunset": self.sunset, "successor": self.successor}
        return {name: str(value) for name, value in told.items() if value is not None}

    def headers(self) -> dict[str, str]:
        """`Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link` to the successor."""
        headers = {"Deprecation": f"@{int(_midnight(self.since).timestamp())}"}
        if self.sunset is not None:
            headers["Sunset"] = format_datetime(_midnight(self.sunset), usegmt=True)
        if self.successor is not None:
            headers["Link"] = f'<{self.successor}>; rel="successor-version"'
        return headers

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        """The same as they go over the wire."""
        return [(name.lower().encode(), value.encode("latin-1")) for name, value in self.headers().items()]


@dataclass(frozen=True)
class Lifecycle:
    """The life of one version: how mature it is, since when it exists, and when it ends."""

    maturity: Maturity
    released: date
    deprecation: Deprecation | None = None

    def __post_init__(self) -> None:
        end = self.deprecation
        if end is not None and end.since < self.released:
            raise ValueError(f"the deprecation {end.since} is before the release {self.released}")

    def status_on(self, day: date) -> VersionStatus:
        """Where in its life the version is on `day`."""
        if self.deprecation is None or day < self.deprecation.since:
            return self.maturity
        sunset = self.deprecation.sunset
        gone = sunset is not None and sunset <= day
        return VersionStatus.SUNSET if gone else VersionStatus.DEPRECATED


API_V1 = Lifecycle(VersionStatus.ALPHA, date(2026, 11, 21))
"""The life of v1, for the modules that say nothing else."""


class DeprecatedOptions(TypedDict):
    """The options of a deprecated route."""

    deprecated: bool
    openapi_extra: dict[str, Any]


def deprecated(since: date, sunset: date | None = None, successor: str | None = None) -> DeprecatedOptions:
    """Options of a route whose end is announced: `@router.get("/old", **deprecated(date(2027, 1, 1)))`.

    Its operation is marked in the documents, and its answers carry the headers of `Deprecation`.
    """
    told = Deprecation(since, sunset, successor).told()
    return {"deprecated": True, "openapi_extra": {DEPRECATION_FIELD: told}}


class DeprecatedRoute(APIRoute):
    """A route that leaves word of its announced end for the middleware that writes the headers."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        told = dict((self.openapi_extra or {}).get(DEPRECATION_FIELD, {}))
        dates = {name: date.fromisoformat(told[name]) for name in ("since", "sunset") if name in told}
        self.deprecation = Deprecation(**told | dates) if told else None

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.deprecation is not None:
            scope.setdefault("state", {})[DEPRECATION_STATE] = self.deprecation
        await super().handle(scope, receive, send)


def version_number(version: str) -> int:
    """`v2` -> 2. Raises ValueError for anything else."""
    if not VERSION_PATTERN.fullmatch(version):
        raise ValueError(f"the version '{version}' is not a 'v' and a number")
    return int(version[1:])


def day_of(time_ms: int) -> date:
    """The day UTC of a moment in ms."""
    return datetime.fromtimestamp(time_ms / 1000, UTC).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
