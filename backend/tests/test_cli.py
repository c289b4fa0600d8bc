"""The command line: what a person can mend ends in one sentence on stderr and exit code 2."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.server_process import TRADING_PRO, ServerProcess, clean_environment
from trading_api.cli.serve import read_settings
from trading_api.shared.errors import StartupError
from trading_api.shared.ws.limits import WsLimits

pytestmark = pytest.mark.integration


def serve(tmp_path: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `trading-pro serve` to its end."""
    return subprocess.run(
        [TRADING_PRO, "serve", "--port", "0", "--data-dir", str(tmp_path), *options],
        env=clean_environment(**variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code 2, and one sentence with `words`."""
    assert result.returncode == 2, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    (sentence,) = result.stderr.strip().splitlines()
    assert sentence.startswith("trading-pro: ")
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port(tmp_path: Path, busy_port: int) -> None:
    assert_refused(serve(tmp_path, "--port", str(busy_port)), str(busy_port), "Address already in use")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "trading.example", "999.1.1.1", ""])
def test_only_loopback_may_be_bound(tmp_path: Path, host: str) -> None:
    assert_refused(serve(tmp_path, "--host", host), f"'{host}'", "loopback")


def test_the_environment_is_no_way_around_it(tmp_path: Path) -> None:
    assert_refused(serve(tmp_path, TRADING_HOST="0.0.0.0"), "'0.0.0.0'", "loopback")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--market", "moon"], ["market", "'moon'"]),
        (["--modules", "core,dosk"], ["'dosk'", "core"]),
        (["--modules", "broker"], ["'datafeed'", "TRADING_MODULE_URLS"]),
        (["--market", "replay", "--speed", "-1"], ["replay_speed", "-1"]),
        (["--market", "replay", "--speed", "1001"], ["replay_speed", "1001"]),
        (["--market", "replay", "--data", "no/such/folder"], ["no/such/folder"]),
        (["--market", "replay"], ["store: holds no recordings"]),
        (["--market", "replay", "--data", __file__], [Path(__file__).name]),
    ],
)
def test_options_that_cannot_be(tmp_path: Path, options: list[str], words: list[str]) -> None:
    assert_refused(serve(tmp_path, *options), *words)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WS_TOPICS", "0"),
        ("WS_FRAME_BYTES", "none"),
        ("WS_MESSAGES_PER_SECOND", "0"),
        ("WS_WAITING_BYTES", "1000"),
        ("WS_CONNECTIONS", "-1"),
        ("WS_BAD_MESSAGES_PER_MINUTE", "0"),
        ("WS_LIFE_SECONDS", "inf"),
        ("WS_DRAIN_SECONDS", "-1"),
    ],
)
def test_limits_that_cannot_be(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"TRADING_{name}", value)
    with pytest.raises(StartupError, match=f"^The setting {name.lower()} cannot be '{value}': "):
        read_settings({})


def test_limits_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADING_WS_TOPICS", "3")
    monkeypatch.setenv("TRADING_WS_LIFE_SECONDS", "60.5")
    assert WsLimits.of(read_settings({})) == WsLimits(topics=3, life_seconds=60.5)


def test_a_data_folder_without_recordings(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert_refused(serve(tmp_path, "--market", "replay", "--data", str(empty)), str(empty))


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert_refused(serve(tmp_path, "--data-dir", str(tmp_path / "file" / "below")), "file")


def test_it_serves_until_it_is_stopped(tmp_path: Path) -> None:
    with ServerProcess(tmp_path, "--modules", "core") as server:
        assert httpx.get(f"{server.url}/livez").json() == {"status": "ok"}
        assert httpx.get(f"{server.url}/readyz").json()["ready"] is True
        assert server.stop() == 0


def test_all_modules_stop_without_a_word(tmp_path: Path) -> None:
    command = [TRADING_PRO, "serve", "--port", "0", "--data-dir", str(tmp_path)]
    with subprocess.Popen(
        command, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout is not None
        assert "Trading Pro serves" in server.stdout.readline()
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=20)
    assert said == ""
    assert server.returncode == 0


def rest_of(socket: ClientConnection) -> Iterator[str]:
    """Types of the messages until the server closes."""
    with suppress(ConnectionClosed):
        while True:
            yield json.loads(socket.recv())["type"]


@pytest.mark.parametrize(
    ("drain_seconds", "code", "kinds"),
    [("5", 4410, {"quotes.update", "server.notice"}), ("0", 1001, {"quotes.update"})],
)
def test_streaming_clients_are_told_when_it_stops(
    tmp_path: Path, drain_seconds: str, code: int, kinds: set[str]
) -> None:
    with ServerProcess(tmp_path, TRADING_WS_DRAIN_SECONDS=drain_seconds) as server:
        address = server.url.replace("http", "ws", 1)
        with connect(f"{address}/api/v1/datafeed/ws") as socket:
            socket.send('{"type":"quotes.subscribe","payload":{"symbol":"ALFA"}}')
            assert '"status":"ok"' in str(socket.recv())
            assert server.stop() == 0
            assert set(rest_of(socket)) | {"quotes.update"} == kinds
            assert socket.close_code == code
