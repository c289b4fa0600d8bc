"""Whatever clients do, a topic exists exactly while somebody holds it, and no event is lost or repeated."""

import asyncio
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from trading_api.shared.clock import SystemClock
from trading_api.shared.tests.in_memory_socket import InMemoryClient, settle
from trading_api.shared.tests.journal_source import LAST, LINES, JournalSource
from trading_api.shared.ws.application import WsApplication

NAMES = st.sampled_from(["a", "b", "refused", "broken"])
ROUTES = st.sampled_from(["lines", "last"])


class Subscriptions(RuleBasedStateMachine):
    """Clients come, subscribe, unsubscribe, talk nonsense and vanish in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.source = JournalSource()
        self.clients: list[InMemoryClient] = []
        self.held: list[set[str]] = []
        self.known: dict[str, int] = {}
        self.runner.run(self._start())

    async def _start(self) -> None:
        self.application = WsApplication([LINES, LAST], self.source, SystemClock())

    def _do(self, *actions: Any) -> None:
        async def act() -> None:
            for action in actions:
                action()
            await settle()

        self.runner.run(act())

    @rule()
    def connect(self) -> None:
        self._do(lambda: self.clients.append(InMemoryClient(self.application)))
        self.held.append(set())

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), route=ROUTES, name=NAMES, race=st.booleans())
    def subscribe(self, data: st.DataObject, route: str, name: str, race: bool) -> None:
        index = data.draw(st.integers(0, len(self.clients) - 1))
        client = self.clients[index]
        actions = [lambda: client.ask(f"{route}.subscribe", {"name": name}, id=1)]
        if race:
            actions.append(lambda: self.source.append(name, "raced"))
        self._do(*actions)
        if name in {"a", "b"}:
            self.held[index].add(f'{route}:{{"name":"{name}"}}')
        else:
            assert client.received[-1]["payload"]["status"] == "error"

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), route=ROUTES, name=NAMES)
    def unsubscribe(self, data: st.DataObject, route: str, name: str) -> None:
        index = data.draw(st.integers(0, len(self.clients) - 1))
        topic = f'{route}:{{"name":"{name}"}}'
        self._do(lambda: self.clients[index].ask(f"{route}.unsubscribe", {"name": name}))
        expected = "ok" if topic in self.held[index] else "error"
        assert self.clients[index].received[-1]["payload"]["status"] == expected
        self.held[index].discard(topic)

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), text=st.sampled_from(["", "{", "[]", '{"type":"x"}', '{"type":"lines.subscribe"}']))
    def talk_nonsense(self, data: st.DataObject, text: str) -> None:
        client = data.draw(st.sampled_from(self.clients))
        if len(client.of_type("error")) < 18:
            self._do(lambda: client.say(text))
            assert client.received[-1]["type"] == "error"

    @rule(name=st.sampled_from(["a", "b"]), count=st.integers(1, 3))
    def append(self, name: str, count: int) -> None:
        self._do(*[lambda: self.source.append(name, "line")] * count)

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), subscribing=st.booleans())
    def vanish(self, data: st.DataObject, subscribing: bool) -> None:
        index = data.draw(st.integers(0, len(self.clients) - 1))
        client = self.clients.pop(index)
        self.held.pop(index)
        actions = [lambda: client.ask("lines.subscribe", {"name": "a"})] if subscribing else []
        self._do(*actions, client.vanish)
        assert client.task.done()

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), times=st.integers(1, 4))
    def be_canceled_at_every_wait(self, data: st.DataObject, times: int) -> None:
        index = data.draw(st.integers(0, len(self.clients) - 1))
        client = self.clients.pop(index)
        self.held.pop(index)

        async def cancel() -> None:
            for _ in range(times):
                client.cancel()
                await asyncio.sleep(0)
            await settle()

        self.runner.run(cancel())
        assert client.task.cancelled()

    @invariant()
    def topics_are_those_held(self) -> None:
        held = sorted(set().union(*self.held))
        assert self.application.hub.topic_names == held
        assert sorted(self.source.active) == held
        assert self.application.connection_count == len(self.clients)

    @invariant()
    def every_journal_update_follows_the_one_before(self) -> None:
        for client in self.clients:
            last: dict[str, int] = {}
            for message in client.received:
                body = message["payload"]
                if message["type"] == "lines.subscribe.response" and body["status"] == "ok":
                    last[body["topic"]] = body["offset"]
                elif message["type"] == "lines.update":
                    assert body["prev"] == last[body["topic"]]
                    assert body["offset"] > body["prev"]
                    last[body["topic"]] = body["offset"]

    def teardown(self) -> None:
        self._do(*[client.vanish for client in self.clients])
        self.clients, self.held = [], []
        self.topics_are_those_held()
        assert self.source.created == self.source.removed
        assert self.runner.run(_other_tasks()) == []
        self.runner.close()


async def _other_tasks() -> list[str]:
    return [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()]


Subscriptions.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestSubscriptions = Subscriptions.TestCase
