"""A disk that is really full: commands fail for now, nothing is half done, and it goes on with new space."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server_process import TRADING_PRO, ServerProcess

pytestmark = pytest.mark.integration

SIZE, BALLAST = 4_000_000, 1_500_000
MOST_ORDERS = 5_000
ORDER = {"symbol": "ALFA", "type": "limit", "side": "buy", "qty": 1, "limitPrice": 0.01}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes; only who may mount one can have it."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(tmp_path)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_a_full_disk_refuses_for_now(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * BALLAST)
    with (
        ServerProcess(small_disk) as server,
        httpx.Client(base_url=f"{server.url}/api/v1/broker", trust_env=False, timeout=30) as broker,
    ):
        answered = list(place_until_refused(broker))
        refused = broker.post("/orders", json=ORDER)
        assert (refused.status_code, refused.json()["code"]) == (503, "storage-unavailable")
        assert refused.json()["retryable"] is True
        assert ids(broker) == answered
        ballast.unlink()
        answered += [broker.post("/orders", json=ORDER).json()["orderId"] for _ in range(3)]
        assert ids(broker) == answered
        server.kill()
        server.start()
        with httpx.Client(base_url=f"{server.url}/api/v1/broker", trust_env=False, timeout=30) as again:
            assert ids(again) == answered
    verify = [TRADING_PRO, "journal", "verify", "--data-dir", str(small_disk)]
    assert subprocess.run(verify, check=False, capture_output=True).returncode == 0


def place_until_refused(broker: httpx.Client) -> Iterator[str]:
    """Ids of the orders that were placed until one was refused."""
    for _ in range(MOST_ORDERS):
        answer = broker.post("/orders", json=ORDER)
        if answer.status_code != 201:
            return
        yield answer.json()["orderId"]
    raise AssertionError("the disk was never full")


def ids(broker: httpx.Client) -> list[str]:
    """Ids of the orders that the broker shows, oldest first."""
    orders: list[dict[str, Any]] = broker.get("/orders").raise_for_status().json()
    return [order["id"] for order in orders]
