"""The bounds of a module's WebSocket."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WsLimits:
    """What one connection, and one process, may use."""

    topics: int = 256
    """Topics a connection."""
    frame_bytes: int = 64 * 1024
    """Bytes of an inbound message."""
    messages_per_second: int = 100
    """Inbound messages a second; as many may come at once."""
    waiting_bytes: int = 1024 * 1024
    """Bytes that may wait for a client that does not read."""
    connections: int = 10_000
    """Connections a process."""
    bad_messages_per_minute: int = 20
    """So many messages that cannot be understood close the connection."""
    life_seconds: float = 3600
    """Age at which a connection is closed, give or take a tenth; the client connects again."""
    drain_seconds: float = 5
    """Longest time over which clients are sent away when the server stops."""
