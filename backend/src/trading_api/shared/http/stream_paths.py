"""Leading WebSockets to their modules without the way that requests take.

Routing and the layers around it stay on the stack for as long as a connection lives; ten thousand of them
would hold hundreds of megabytes for nothing.
"""

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from trading_api.shared.ws.application import WsApplication


class StreamPaths:
    """The streams by their paths; every other WebSocket goes to `otherwise`."""

    def __init__(self, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._streams: dict[str, WsApplication] = {}

    @property
    def all(self) -> list[WsApplication]:
        """All that were added."""
        return list(self._streams.values())

    def add(self, path: str, streams: WsApplication) -> None:
        """Serve `streams` at `path`."""
        self._streams[path] = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        streams = self._streams.get(scope["path"])
        if streams is None:
            await self._otherwise(scope, receive, send)
        else:
            scope["headers"] = []  # The guards have read them, and the connection may live for long.
            await streams.endpoint(WebSocket(scope, receive, send))
