"""Both ways out of a connection deliver the same, whatever is sent and however the client reads."""

import asyncio
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.shared.tests.in_memory_socket import settle
from trading_api.shared.tests.own_timers import own_timers
from trading_api.shared.tests.scripted_network import ScriptedNetwork
from trading_api.shared.tests.wired_connection import text_frame, wired_connection
from trading_api.shared.ws import outlet
from trading_api.shared.ws.connection import Flusher


@dataclass(frozen=True)
class Send:
    """One frame, with a key or without; `put` as the hub does that has many to serve."""

    key: str | None
    size: int
    put: bool


@dataclass(frozen=True)
class Read:
    """The client reads so many bytes; all, and from now on, without a number."""

    count: int | None


@dataclass(frozen=True)
class Do:
    """The client stops reading, the turn of the loop ends, or the connection is to be closed."""

    what: str


Act = Send | Read | Do
SIZES = st.sampled_from([1, 125, 126, 1_000, 20_000, 65_535, 65_536])
SENDS = st.builds(Send, st.sampled_from([None, "a", "b"]), SIZES, st.booleans())
READS = st.builds(Read, st.sampled_from([None, 1, 10_000, 100_000]))
ACTS = st.one_of(SENDS, SENDS, SENDS, READS, st.sampled_from([Do("stop"), Do("turn"), Do("turn")]))
FAST = st.lists(st.one_of(SENDS, st.just(Do("turn")), st.just(Do("close"))), max_size=60)


@dataclass(frozen=True)
class Outcome:
    """What came of a list of acts: frames by their place among those sent."""

    sent: list[Send]
    delivered: list[int]
    conflated: int
    closed: int | None


async def perform(acts: list[Act], max_waiting: int, *, direct: bool) -> Outcome:
    """Do all that over one kind of outlet, and let the client read to the end."""
    network = ScriptedNetwork(direct=direct)
    sent: list[Send] = []
    flusher = Flusher()
    async with wired_connection(network, max_waiting, flusher) as connection:
        for act in acts:
            match act:
                case Send(key, size, put):
                    if connection.close_code is None:
                        frame = text_frame(f"{len(sent)}.".ljust(size + 5, "x"), key)
                        if put:
                            connection.put(frame)
                            flusher.mark(connection)
                        else:
                            connection.send(frame)
                        sent.append(act)
                case Read(count):
                    network.read(count)
                    await settle()
                case Do("stop"):
                    network.stop_reading()
                case Do("close"):
                    connection.close(4410, "draining")
                case _:
                    await settle()
        network.read()
        await settle()
        assert connection.close_code is not None or connection._outlet.waiting_bytes == 0
        delivered = [int(text.partition(".")[0]) for text in network.texts]
        assert network.close_code == connection.close_code
        outcome = Outcome(sent, delivered, connection.conflated, connection.close_code)
    assert own_timers() == []
    return outcome


def outcomes(acts: list[Act], max_waiting: int = 512 * 1024) -> tuple[Outcome, Outcome]:
    """Of finished frames, and of plain ASGI."""
    with asyncio.Runner() as runner:
        return (
            runner.run(perform(acts, max_waiting, direct=True)),
            runner.run(perform(acts, max_waiting, direct=False)),
        )


@settings(max_examples=200, deadline=None)
@given(acts=FAST)
def test_a_client_that_keeps_up_gets_the_same_from_both(acts: list[Act]) -> None:
    turns: list[Act] = []
    for act in acts:  # plain ASGI writes only when it has a turn, so nothing may pile up
        turns += [act, Do("turn")]
    direct, asgi = outcomes(turns)
    assert direct == asgi
    assert direct.delivered == list(range(len(direct.sent)))


@settings(max_examples=400, deadline=None)
@given(acts=st.lists(ACTS, max_size=80))
def test_a_client_that_reads_as_it_likes_gets_the_newest_of_each_key_and_all_else(acts: list[Act]) -> None:
    for outcome in outcomes(acts, max_waiting=64 * 1024 * 1024):
        assert outcome.closed is None
        assert outcome.delivered == sorted(set(outcome.delivered))
        dropped = set(range(len(outcome.sent))) - set(outcome.delivered)
        assert len(dropped) == outcome.conflated
        for place in dropped:
            key = outcome.sent[place].key
            assert key is not None
            assert any(later.key == key for later in outcome.sent[place + 1 :])


@settings(max_examples=300, deadline=None)
@given(acts=st.lists(ACTS, max_size=80))
def test_a_client_too_slow_has_the_beginning_without_a_gap(acts: list[Act]) -> None:
    for outcome in outcomes(acts, max_waiting=150_000):
        assert outcome.closed in {None, 4408}
        assert outcome.delivered == sorted(set(outcome.delivered))
        if outcome.closed is not None and outcome.delivered:
            last = outcome.delivered[-1]
            journal = [place for place in range(last) if outcome.sent[place].key is None]
            assert set(journal) <= set(outcome.delivered)


async def test_a_client_that_does_not_read_its_goodbye_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlet, "GOODBYE_SECONDS", 0.0)
    network = ScriptedNetwork(direct=False)
    async with wired_connection(network) as connection:
        network.stop_reading()
        connection.send(text_frame("x" * 100_000))
        connection.send(text_frame("never read"))
        await settle()
        serving = next(task for task in asyncio.all_tasks() if task.get_name() == "serving")
        connection.close(4410, "draining")
        await asyncio.wait_for(asyncio.shield(serving), 1)
        assert network.close_code is None
    assert own_timers() == []
