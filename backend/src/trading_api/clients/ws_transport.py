"""One WebSocket for a stream, over the network; `ws_in_process` has the other kind.

Whatever ends it is one of two errors, so nobody above can tell the kinds apart.
"""

from typing import Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

NO_CLOSE_FRAME = 1006
CLOSE_SECONDS = 2.0
"""How long a server may take over saying goodbye."""
MAX_HEARD_BYTES = 4 * 1024 * 1024
"""The server lets no more than 1 MiB of text wait for one client."""


class SocketClosed(Exception):
    """The connection has ended, or could not be made."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}".rstrip())
        self.code = code
        self.reason = reason


class HandshakeRefused(Exception):
    """The server answered with this instead of a connection."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.body = body


class Socket(Protocol):
    """An open connection. `send` and `receive` raise SocketClosed once it has ended."""

    async def send(self, text: str) -> None:
        """Send one text frame; waits while the other side does not read."""

    async def receive(self) -> str | bytes:
        """The next frame. A frame that was waited for when the caller was canceled is lost."""

    async def aclose(self) -> None:
        """End the connection, in CLOSE_SECONDS at most; nothing of it is left."""


class NetworkSocket:
    """A connection to `ws://` or `wss://`."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    @classmethod
    async def connect(cls, url: str) -> "NetworkSocket":
        """Connect without a time limit. Raises SocketClosed or HandshakeRefused."""
        try:
            return cls(
                await connect(
                    url,
                    proxy=None,
                    compression=None,
                    open_timeout=None,
                    close_timeout=CLOSE_SECONDS,
                    ping_interval=None,
                    max_size=MAX_HEARD_BYTES,
                )
            )
        except InvalidStatus as refused:
            raise HandshakeRefused(
                refused.response.status_code, bytes(refused.response.body or b"")
            ) from None
        except (OSError, EOFError, WebSocketException) as error:
            raise SocketClosed(NO_CLOSE_FRAME, str(error) or type(error).__name__) from error

    async def send(self, text: str) -> None:
        """See `Socket`."""
        try:
            await self._connection.send(text)
        except ConnectionClosed as closed:
            raise _ended(closed) from None

    async def receive(self) -> str | bytes:
        """See `Socket`."""
        try:
            return await self._connection.recv()
        except ConnectionClosed as closed:
            raise _ended(closed) from None

    async def aclose(self) -> None:
        """See `Socket`."""
        await self._connection.close()


def _ended(closed: ConnectionClosed) -> SocketClosed:
    frame = closed.rcvd
    return (
        SocketClosed(NO_CLOSE_FRAME, str(closed)) if frame is None else SocketClosed(frame.code, frame.reason)
    )
