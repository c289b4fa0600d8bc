"""uvicorn's WebSocket protocol with a way for finished frames: what `trading-pro serve` runs on.

An application finds it in its scope as the extension EXTENSION, and needs no `await` to write to it.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request

from trading_api.shared.ws.outlet import EXTENSION, Flow

GOODBYE_SECONDS = 5.0
"""How long a client may take to read its close frame and answer it."""
SWITCHING_PROTOCOLS = 101
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class FrameProtocol(WebSocketsSansIOProtocol):
    """A connection that also takes whole frames as bytes."""

    _flow: Flow | None = None

    @property
    def flow(self) -> Flow | None:
        """Who is told when the transport's buffer is above its high-water mark, and when below again."""
        return self._flow

    @flow.setter
    def flow(self, flow: Flow | None) -> None:
        self._flow = flow
        # The handshake is over; its headers need not live as long as the connection.
        self.__dict__.pop("request", None)
        self.__dict__.pop("response", None)

    @property
    def waiting_bytes(self) -> int:
        """Bytes in the transport's buffer."""
        return self.transport.get_write_buffer_size()

    def write_frames(self, data: bytes) -> None:
        """Write whole frames; nothing happens once the connection is closing."""
        if not self.close_sent and not self.disconnected:
            self.transport.write(data)

    def close_stream(self, code: int, reason: str) -> None:
        """Send a close frame; the connection is cut if the client does not answer it in time."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(CloseCode(code) if code in set(CloseCode) else code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self._end_in_time()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self.handshake_initiated and self.conn.handshake_exc is not None:
            self.transport.write(BAD_REQUEST)
            self.transport.close()
            self._end_in_time()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == SWITCHING_PROTOCOLS:
            extensions = self.scope.setdefault("extensions", {})
            assert extensions is not None
            extensions[EXTENSION] = self  # type: ignore[assignment]

    def send_receive_event_to_app(self) -> None:
        """Close with 1007 what is not UTF-8; uvicorn does so as well, with a traceback in the log."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.conn.fail(CloseCode.INVALID_DATA)
                self.handle_parser_exception()
                return
        super().send_receive_event_to_app()

    def handle_ping(self) -> None:
        """Answer, unless so much waits or a close frame was sent that no answer would be heard in time."""
        pong = b"".join(self.conn.data_to_send())
        if self.writable.is_set() and not self.close_sent:
            self.transport.write(pong)

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._written_last()

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._written_last()

    def shutdown(self) -> None:
        """Say goodbye, unless that was done; uvicorn would try to a second time, and fail."""
        if not self.disconnected:
            super().shutdown()
        self._written_last()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.flow is not None:
            self.flow.paused()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.flow is not None:
            self.flow.drained()

    def connection_lost(self, exc: Exception | None) -> None:
        flow, self.flow = self.flow, None
        super().connection_lost(exc)
        if flow is not None:
            flow.drained()

    def _written_last(self) -> None:
        """A close frame was written and the transport is closing, as soon as the client has read all."""
        self.disconnected = True
        self._end_in_time()

    def _end_in_time(self) -> None:
        """Cut a connection whose client does not read what is still to be written."""
        if self.close_timer is None:
            self.close_timer = self.loop.call_later(GOODBYE_SECONDS, self.transport.abort)
