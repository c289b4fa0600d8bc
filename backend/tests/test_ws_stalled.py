"""Clients that read nothing: what they ask for is bounded, and they hold up neither others nor an end."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bytes_client import Bystander, BytesClient, message
from tests.server_process import ServerProcess
from trading_api.shared.tests.wire_frames import CLOSE, PING, PONG, client_frame

pytestmark = pytest.mark.integration

FLOOD = message("ping", "x" * 60_000) * 90
"""Its answers are more than the network and the server take for one who does not read."""
GOODBYES_SECONDS = 15
"""The time for reading goodbyes, twice, and a reserve."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path) as server:
        yield server


@pytest.mark.parametrize("goodbye", [b"", client_frame(b"\x03\xe8", CLOSE)], ids=["stalled", "closing"])
def test_a_server_ends_although_a_client_reads_nothing(server: ServerProcess, goodbye: bytes) -> None:
    with BytesClient.upgraded(server.url, "datafeed") as client:
        client.ask("ticks.subscribe", {})
        client.message("ticks.subscribe.response")
        client.send(FLOOD + goodbye)
        began = time.monotonic()
        assert server.stop() == 0, "".join(server.said)
        assert time.monotonic() - began < GOODBYES_SECONDS


def test_answers_to_pings_of_the_protocol_do_not_pile_up(server: ServerProcess) -> None:
    bystander = Bystander(server.url)
    before = server.resident_bytes()
    with BytesClient.upgraded(server.url, "datafeed") as client:
        pings = client_frame(b"x" * 125, PING) * 1_000
        for _ in range(200):
            client.send(pings)
        bystander.assert_undisturbed()
        assert server.resident_bytes() - before < 16 * 1024 * 1024
        client.ask("ping", "still here")
        assert client.message("pong")["payload"] == "still here"
        assert client.frames[0].opcode == PONG
    bystander.leave()


def test_a_client_that_vanishes_with_much_unread_disturbs_nobody(server: ServerProcess) -> None:
    with BytesClient.upgraded(server.url, "datafeed") as client:
        client.ask("ticks.subscribe", {})
        client.message("ticks.subscribe.response")
        client.send(FLOOD)
        client.reset()
    bystander = Bystander(server.url)
    bystander.assert_undisturbed()
    bystander.leave()
    assert server.stop() == 0
