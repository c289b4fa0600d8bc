"""A server of one journal and the network to it, with the faults that either may have."""

import json
from collections import deque
from typing import Any

from trading_api.clients.tests.stream_talk import LINES


class ModelServer:
    """Keeps the streaming protocol; `in_flight` is what its clients have not yet heard of it."""

    def __init__(self) -> None:
        self.epoch = 1
        self.entries: list[int] = []
        self.in_flight: deque[str] = deque()
        self._last_sent: int | None = None

    @property
    def offset(self) -> int:
        """Offset of the last entry; entries are their own offsets."""
        return self.entries[-1] if self.entries else 0

    def append(self, step: int) -> None:
        """A new entry, told to whoever is subscribed."""
        self.entries.append(self.offset + step)
        self._tell_since(self._last_sent)

    def reset(self) -> None:
        """Begin the journal anew."""
        self.epoch += 1
        self.entries = []
        self.disconnect()

    def disconnect(self) -> None:
        """The connection is gone, with everything on its way."""
        self.in_flight.clear()
        self._last_sent = None

    def answer(self, frame: str) -> None:
        """Answer a frame of the client."""
        asked = json.loads(frame)
        if asked["type"] == "lines.unsubscribe":
            self._last_sent = None
        elif asked["type"] == "lines.subscribe":
            recover = asked.get("options", {}).get("recover")
            known = recover and recover["epoch"] == f"e{self.epoch}" and recover["offset"] <= self.offset
            start = recover["offset"] if known else self.offset
            self._reply(asked["id"], start, recovered=bool(known))
            self._tell_since(start)

    def ping(self) -> None:
        """Say how far a connection should be."""
        if self._last_sent is not None:
            self._say("ping", {"serverTime": 0, "offsets": {LINES: self._last_sent}})

    def lose_update(self, index: int) -> None:
        """One update on its way does not arrive."""
        updates = [place for place, frame in enumerate(self.in_flight) if '"lines.update"' in frame]
        if updates:
            del self.in_flight[updates[index % len(updates)]]

    def repeat_update(self, index: int) -> None:
        """One update on its way arrives twice."""
        updates = [frame for frame in self.in_flight if '"lines.update"' in frame]
        if updates:
            self.in_flight.append(updates[index % len(updates)])

    def _tell_since(self, start: int | None) -> None:
        if start is None:
            return
        prev = start
        for entry in self.entries:
            if entry > start:
                self._say("lines.update", {"topic": LINES, "payload": entry, "offset": entry, "prev": prev})
                prev = entry
        self._last_sent = prev

    def _reply(self, message_id: str, offset: int, *, recovered: bool) -> None:
        body = {"status": "ok", "message": "", "topic": LINES, "epoch": f"e{self.epoch}", "offset": offset}
        state = [] if recovered else [self.epoch, *self.entries]
        body |= {"recovered": recovered, "snapshot": state}
        self._say("lines.subscribe.response", body, message_id)

    def _say(self, kind: str, payload: Any, message_id: str | None = None) -> None:
        self.in_flight.append(json.dumps({"type": kind, "payload": payload, "id": message_id}))
