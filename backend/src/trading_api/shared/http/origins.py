"""Who may call a server without logins."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.types import Scope

from trading_api.shared.errors import HostNotAllowed

Headers = Mapping[bytes, bytes]
"""Headers by their names in small letters."""


def first_headers(scope: Scope) -> Headers:
    """The headers of a request; of those with one name the first counts."""
    return dict(reversed(scope["headers"]))


class LocalOrigins:
    """Refuses requests that name a foreign host or come from a foreign page.

    Without logins the network address is the only protection, and any page open in a browser on this
    machine could use it; a page's requests name its origin, and a rebound DNS name shows in the host.
    """

    def __init__(self, allowed_hosts: Collection[str]) -> None:
        self._allowed = frozenset(allowed_hosts)

    def refusal(self, headers: Headers) -> HostNotAllowed | None:
        """Why a request with these headers is refused; None if it is not."""
        host, origin = headers.get(b"host", b""), headers.get(b"origin")
        if _host_name(b"//" + host) not in self._allowed:
            return HostNotAllowed(f"The host '{_shown(host)}' is not served here.")
        if origin is not None and _host_name(origin) not in self._allowed:
            return HostNotAllowed(f"Pages of '{_shown(origin)}' may not use this server.")
        return None


def _shown(header: bytes) -> str:
    return header.decode("latin-1")[:100]


@lru_cache(maxsize=256)
def _host_name(url: bytes) -> str:
    try:
        name = urlsplit(url.decode("latin-1")).hostname or ""
    except ValueError:
        return ""
    return f"[{name}]" if ":" in name else name
