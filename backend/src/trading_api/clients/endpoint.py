"""Where a module is: an address, and perhaps the application itself in this process."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeAlias
from urllib.parse import urlsplit

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
ASGIApp: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class Reachable(Protocol):
    """Anything that says where a module is, such as what the application tells its modules."""

    @property
    def url(self) -> str:
        """The module's base URL."""

    @property
    def app(self) -> ASGIApp | None:
        """The application that serves it in this process."""


Target: TypeAlias = str | Reachable
"""What a client can be given: a base URL, or an `Endpoint` or its like."""


@dataclass(frozen=True)
class Endpoint:
    """The base URL of a module, `http://host:8000/api/v1/datafeed`.

    With `app`, that application is called directly and no socket is opened; the URL then says which of
    its paths are the module's, and under which host name. Raises ValueError for what is no such URL.
    """

    url: str
    app: ASGIApp | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", _checked(self.url))

    @classmethod
    def of(cls, target: Target) -> Self:
        """The endpoint that `target` names."""
        return cls(target) if isinstance(target, str) else cls(target.url, target.app)

    @property
    def ws_url(self) -> str:
        """Where the module's streams are: `ws://host:8000/api/v1/datafeed/ws`."""
        return f"ws{self.url.removeprefix('http')}/ws"


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        valid = False
    if not valid or parts.query or parts.fragment or any(not "!" <= char <= "~" for char in url):
        raise ValueError(
            f"'{url}' is not the base URL of a module, such as http://127.0.0.1:8000/api/v1/core"
        )
    return f"{parts.scheme}{url[len(parts.scheme) :].rstrip('/')}"
