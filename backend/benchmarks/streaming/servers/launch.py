"""What every server of the bench does at its start.

Only the standard library: servers of any environment import it.
"""

import os
import socket

BACKLOG = 2048


def listening_socket() -> socket.socket:
    """A free port of this machine's own network, with the send buffers that the bench asked for."""
    listener = socket.socket(socket.AF_INET)
    listener.bind(("127.0.0.1", 0))
    limit_send_buffer(listener)
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


def limit_send_buffer(listener: socket.socket) -> None:
    """Let the kernel hold back no more than asked for a slow client; accepted sockets inherit it."""
    size = int(os.environ["BENCH_SEND_BUFFER"])
    if size:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)


def announce(listener: socket.socket) -> None:
    """Say where the server listens."""
    print(f"ready {listener.getsockname()[1]}", flush=True)
