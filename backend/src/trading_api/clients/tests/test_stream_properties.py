"""Whatever the network, the server and the other readers do: a reader sees each entry once, in order."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from trading_api.clients.stream_feed import Feed, WaitingSnapshot
from trading_api.clients.stream_protocol import ConnectionBroken, StreamProtocol
from trading_api.clients.tests.journal_model import ModelServer
from trading_api.clients.tests.stream_talk import LINES, Named

MOST_WAITING = 6


class ModelReader:
    """Keeps what it was told: the state, and what was added to it."""

    def __init__(self) -> None:
        self.feed = Feed(journal=True, every=True, changed=lambda: None, most_waiting=MOST_WAITING)
        self.epoch = 0
        self.known: list[int] = []

    def read(self, journals: dict[int, list[int]]) -> bool:
        """Read one thing; whether there was one. What is known is always a beginning of its journal."""
        waiting = self.feed.take()
        if waiting is None:
            return False
        if isinstance(waiting, WaitingSnapshot):
            epoch, *known = waiting.items
            assert epoch > self.epoch, "the state was told twice"
            self.epoch, self.known = epoch, known
        else:
            self.known.append(waiting.payload)
        assert self.known == journals[self.epoch][: len(self.known)]
        return True


class Following(RuleBasedStateMachine):
    """Readers of one journal through one client, over a network that does what it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.server = ModelServer()
        self.journals = {1: self.server.entries}
        self.protocol = StreamProtocol()
        self.readers: list[ModelReader] = []
        self.is_open = False

        self._join()
        self.exchange(rounds=1, unheard=0)

    @rule(steps=st.lists(st.integers(1, 3), min_size=1, max_size=MOST_WAITING), lost=st.booleans())
    def append(self, steps: list[int], lost: bool) -> None:
        for step in steps:
            self.server.append(step)
        if lost:
            self.server.lose_update(-1)

    @rule(rounds=st.integers(1, 3), unheard=st.integers(0, 4))
    def exchange(self, rounds: int, unheard: int) -> None:
        for _ in range(rounds):
            if not self.is_open:
                self._connect()
            self._be_answered()
            self._hear(len(self.server.in_flight) - unheard)

    @rule(index=st.integers(0, 3), count=st.integers(1, 2 * MOST_WAITING))
    def read(self, index: int, count: int) -> None:
        for reader in self.readers[index : index + 1]:
            self._read(reader, count)

    @rule(is_new=st.booleans(), index=st.integers(0, 3))
    def join_or_leave(self, is_new: bool, index: int) -> None:
        if is_new and len(self.readers) < 4:
            self._join()
        for reader in self.readers[index : index + 1] if not is_new else ():
            self.readers.remove(reader)
            self.protocol.remove(LINES, reader.feed, 0)

    @rule(
        trouble=st.sampled_from(["lose", "lose", "repeat", "ping", "disconnect", "reset"]),
        index=st.integers(0, 5),
    )
    def trouble(self, trouble: str, index: int) -> None:
        match trouble:
            case "lose":
                self.server.lose_update(index)
            case "repeat":
                self.server.repeat_update(index)
            case "ping":
                self.server.ping()
            case "disconnect":
                self._lose()
            case _:
                self.server.reset()
                self.journals[self.server.epoch] = self.server.entries
                self._lose()

    def _join(self) -> None:
        reader = ModelReader()
        self.protocol.add("lines", Named(name="a"), reader.feed, 0)
        self.readers.append(reader)

    def _connect(self) -> None:
        self.protocol.connecting(0)
        self.protocol.opened(0)
        self.is_open = True

    def _lose(self) -> None:
        self.server.disconnect()
        self.protocol.lost(0)
        self.is_open = False

    def _be_answered(self) -> None:
        self.protocol.tick(0)
        for frame in self.protocol.take_outgoing():
            self.server.answer(frame)

    def _hear(self, count: int) -> None:
        for _ in range(count):
            try:
                self.protocol.heard(self.server.in_flight.popleft(), 0)
            except ConnectionBroken:
                self._lose()
                return

    def _read(self, reader: ModelReader, count: int) -> None:
        for _ in range(count):
            reader.read(self.journals)
            self.protocol.attend(LINES, 0)

    @invariant()
    def memory_is_bounded(self) -> None:
        assert all(len(reader.feed._waiting) <= MOST_WAITING for reader in self.readers)

    def teardown(self) -> None:
        """Without further faults everyone catches up, and knows it."""
        for _ in range(60):
            self.exchange(rounds=1, unheard=0)
            for reader in self.readers:
                self._read(reader, 2 * MOST_WAITING)
            self.server.ping()
        for reader in self.readers:
            assert (reader.epoch, reader.known) == (self.server.epoch, self.server.entries)
            assert reader.feed.current


Following.TestCase.settings = settings(max_examples=400, stateful_step_count=40, deadline=None)
TestFollowing = Following.TestCase
