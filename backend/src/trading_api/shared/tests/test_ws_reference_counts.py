"""Whatever clients and sources do, a topic exists exactly while somebody holds it, and no event is lost."""

import asyncio
import gc
import weakref
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from structlog.testing import capture_logs

from trading_api.shared.clock import SystemClock
from trading_api.shared.tests.effort import EFFORT
from trading_api.shared.tests.faulty_source import GOOD, STUCK, FaultySource
from trading_api.shared.tests.in_memory_socket import InMemoryClient, settle
from trading_api.shared.tests.journal_source import EPOCH, LAST, LINES
from trading_api.shared.tests.standing_loop import StandingLoop
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.limits import WsLimits

NAMES = st.sampled_from([*GOOD, STUCK, "refused", "broken", "blind", "shy"])
ROUTES = st.sampled_from(["lines", "last"])
NONSENSE = st.sampled_from(["", "{", "[]", '{"type":"x"}', '{"type":"lines.subscribe"}'])
LIMITS = WsLimits(waiting_bytes=200_000, messages_per_second=1_000_000, bad_messages_per_minute=1_000)


class Client:
    """A client, what it holds, and whether it reads."""

    def __init__(self, application: WsApplication, *, direct: bool) -> None:
        self.line = InMemoryClient(application, direct=direct)
        self.held: set[str] = set()

    @property
    def reads(self) -> bool:
        """Whether answers come at once."""
        return self.line.network.reading

    @property
    def last_answer(self) -> dict[str, Any]:
        """The last message that answers something."""
        answers = [m for m in self.line.received if m["type"] == "error" or "response" in m["type"]]
        return answers[-1]

    def known(self) -> dict[str, int]:
        """How far it knows each journal; every update follows the one before."""
        last: dict[str, int] = {}
        for message in self.line.received:
            body = message["payload"]
            if message["type"] == "lines.subscribe.response" and body["status"] == "ok":
                last[body["topic"]] = body["offset"]
            elif message["type"] == "lines.update":
                assert body["prev"] == last[body["topic"]]
                assert body["offset"] > body["prev"]
                last[body["topic"]] = body["offset"]
        return last


class Subscriptions(RuleBasedStateMachine):
    """Clients come, subscribe, read or not, talk nonsense and vanish in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=StandingLoop)
        self.source = FaultySource()
        self.clients: list[Client] = []
        self.gone: list[weakref.ref[object]] = []
        self.logs = capture_logs()
        self.logs.__enter__()
        self.runner.run(self._start())

    async def _start(self) -> None:
        self.application = WsApplication([LINES, LAST], self.source, SystemClock(), LIMITS)

    def _do(self, *actions: Callable[[], object], waits: int = 0) -> None:
        """Do all that, with so many turns of the loop between one and the next."""

        async def act() -> None:
            for action in actions:
                action()
                for _ in range(waits):
                    await asyncio.sleep(0)
            await settle()

        self.runner.run(act())
        for client in [each for each in self.clients if each.line.task.done()]:
            assert not client.reads, "only who does not read is sent away"
            self.clients.remove(client)

    def _draw(self, data: st.DataObject, *, reading: bool) -> Client:
        return data.draw(st.sampled_from([each for each in self.clients if each.reads or not reading]))

    @rule(direct=st.booleans())
    def connect(self, direct: bool) -> None:
        self._do(lambda: self.clients.append(Client(self.application, direct=direct)))
        connection, session = list(self.application._open.items())[-1]
        self.gone += [weakref.ref(connection), weakref.ref(session)]

    @precondition(lambda self: any(client.reads for client in self.clients))
    @rule(data=st.data(), route=ROUTES, name=NAMES, race=st.integers(0, 3), rate=st.sampled_from([None, 2]))
    def subscribe(self, data: st.DataObject, route: str, name: str, race: int, rate: int | None) -> None:
        client = self._draw(data, reading=True)
        capped = {"options": {"maxRateHz": rate}} if rate and route == "last" else {}
        self._do(
            lambda: client.line.ask(f"{route}.subscribe", {"name": name}, **capped),
            *[lambda: self.source.append(name, "raced")] * race,
            waits=data.draw(st.integers(0, 4)),
        )
        self._note_subscription(client, route, name)

    @precondition(lambda self: any(client.reads for client in self.clients))
    @rule(data=st.data(), name=st.sampled_from([*GOOD, "blind"]), race=st.integers(0, 3), known=st.booleans())
    def recover(self, data: st.DataObject, name: str, race: int, known: bool) -> None:
        client = self._draw(data, reading=True)
        offsets = [entry.offset for entry in self.source.entries.get(name, [])]
        since = data.draw(st.sampled_from([0, *offsets]))
        recover = {"epoch": EPOCH if known else "another", "offset": since}
        self._do(
            *[lambda: self.source.append(name, "before")] * (race // 2),
            lambda: client.line.ask("lines.subscribe", {"name": name}, options={"recover": recover}),
            *[lambda: self.source.append(name, "raced")] * race,
            waits=data.draw(st.integers(0, 4)),
        )
        self._note_subscription(client, "lines", name)
        if name in GOOD:
            assert client.last_answer["payload"]["recovered"] == known

    def _note_subscription(self, client: Client, route: str, name: str) -> None:
        topic = f'{route}:{{"name":"{name}"}}'
        if name in {*GOOD, STUCK}:
            assert client.last_answer["payload"]["status"] == "ok"
            client.held.add(topic)
        else:
            assert client.last_answer["payload"]["status"] == "error"
            client.held.discard(topic)

    @precondition(lambda self: any(client.reads for client in self.clients))
    @rule(data=st.data(), route=ROUTES, name=NAMES, back=st.booleans())
    def unsubscribe(self, data: st.DataObject, route: str, name: str, back: bool) -> None:
        client = self._draw(data, reading=True)
        topic = f'{route}:{{"name":"{name}"}}'
        held = topic in client.held
        self._do(lambda: client.line.ask(f"{route}.unsubscribe", {"name": name}))
        assert client.last_answer["payload"]["status"] == ("ok" if held else "error")
        client.held.discard(topic)
        if held and back:  # somebody comes while the topic ends
            other = self._draw(data, reading=True)
            self._do(
                lambda: other.line.ask(f"{route}.subscribe", {"name": name}),
                lambda: other.line.ask(f"{route}.unsubscribe", {"name": name}),
                lambda: client.line.ask(f"{route}.subscribe", {"name": name}),
            )
            other.held.discard(topic)
            client.held.add(topic)

    @precondition(lambda self: any(client.reads for client in self.clients))
    @rule(data=st.data(), text=NONSENSE)
    def talk_nonsense(self, data: st.DataObject, text: str) -> None:
        client = self._draw(data, reading=True)
        self._do(lambda: client.line.say(text))
        assert client.last_answer["type"] == "error"

    @rule(
        name=st.sampled_from([*GOOD, STUCK]),
        count=st.integers(1, 4),
        size=st.sampled_from([1, 9_000, 40_000]),
    )
    def append(self, name: str, count: int, size: int) -> None:
        self._do(*[lambda: self.source.append(name, "x" * size)] * count)

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), count=st.sampled_from([None, 10_000, 100_000]))
    def read(self, data: st.DataObject, count: int | None) -> None:
        client = self._draw(data, reading=False)
        self._do(lambda: client.line.network.read(count))

    @precondition(lambda self: self.clients)
    @rule(data=st.data())
    def stop_reading(self, data: st.DataObject) -> None:
        self._draw(data, reading=False).line.network.stop_reading()

    @rule(seconds=st.sampled_from([0.4, 1.0, 6.0]))
    def pass_time(self, seconds: float) -> None:
        self._loop.pass_time(seconds)
        self._do()

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), asking=st.sampled_from([None, "subscribe", "unsubscribe"]), waits=st.integers(0, 6))
    def vanish(self, data: st.DataObject, asking: str | None, waits: int) -> None:
        client = self._draw(data, reading=False)
        self._leave(client, asking, waits, client.line.vanish)

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), asking=st.sampled_from([None, "subscribe", "unsubscribe"]), waits=st.integers(0, 6))
    def be_canceled(self, data: st.DataObject, asking: str | None, waits: int) -> None:
        client = self._draw(data, reading=False)
        self._leave(client, asking, waits, *[client.line.cancel] * (1 + waits))

    def _leave(self, client: Client, asking: str | None, waits: int, *ends: Callable[[], object]) -> None:
        """Go, perhaps `waits` turns after having asked for something."""

        async def leave() -> None:
            if asking is not None:
                client.line.ask(f"lines.{asking}", {"name": "a"})
            for _ in range(waits):
                await asyncio.sleep(0)
            for end in ends:
                end()
                await asyncio.sleep(0)
            await settle()

        self.clients.remove(client)
        self.runner.run(leave())
        assert client.line.task.done()

    @property
    def _loop(self) -> StandingLoop:
        loop = self.runner.get_loop()
        assert isinstance(loop, StandingLoop)
        return loop

    @invariant()
    def topics_are_those_held(self) -> None:
        held = sorted(set[str]().union(*(client.held for client in self.clients)))
        assert self.application.hub.topic_names == held
        assert sorted(self.source.active) == held
        assert self.application.connection_count == len(self.clients)

    @invariant()
    def who_reads_knows_all(self) -> None:
        for client in self.clients:
            known = client.known()
            if client.reads:
                for topic in client.held & known.keys():
                    name = topic.removeprefix('lines:{"name":"').removesuffix('"}')
                    entries = self.source.entries.get(name, [])
                    assert known[topic] == (entries[-1].offset if entries else 0)

    def teardown(self) -> None:
        clients, self.clients = self.clients, []
        self._do(*[client.line.vanish for client in clients])
        assert all(client.line.task.done() for client in clients)
        clients.clear()
        self.topics_are_those_held()
        assert self.source.created == self.source.removed
        assert self.runner.run(_other_tasks()) == []
        assert self._loop.timers == []
        gc.collect()
        assert [left() for left in self.gone if left() is not None] == []
        self.runner.close()
        self.logs.__exit__(None, None, None)


async def _other_tasks() -> list[str]:
    return [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]


Subscriptions.TestCase.settings = settings(max_examples=60 * EFFORT, stateful_step_count=30, deadline=None)
TestSubscriptions = Subscriptions.TestCase
