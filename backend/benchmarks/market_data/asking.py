"""A request to an application in this process, without a socket."""

from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp


async def answer(app: ASGIApp, path: str, query: str) -> bytes:
    """The body of the answer."""
    parts: list[bytes] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message.get("body"):
            parts.append(message["body"])

    await app(
        {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "root_path": "",
            "query_string": query.encode(), "headers": [(b"host", b"localhost")], "scheme": "http",
            "http_version": "1.1", "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        },
        receive,
        send,
    )  # fmt: skip
    return b"".join(parts)
