"""`make dev`: ports, start, the way of a change, a mistake in a model, and Ctrl-C."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.development import ENDS_WITHIN_SECONDS, DevProcess, copy_checkout

pytestmark = pytest.mark.integration

MODEL = "backend/src/trading_api/models/market/quotes.py"
TYPES = "frontend/src/clients_generated/trader-client-datafeed/schema.ts"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout that the tests of this file share."""
    folder = tmp_path_factory.mktemp("checkout")
    copy_checkout(folder)
    return folder


@pytest.fixture(scope="module")
def dev(checkout: Path) -> Iterator[DevProcess]:
    """`make dev`, ready."""
    with DevProcess(checkout) as process:
        process.wait_for("Ready")
        yield process


@pytest.fixture
def model(checkout: Path) -> Iterator[Path]:
    """The file of a model, which is as it was afterwards."""
    path = checkout / MODEL
    text = path.read_text("utf-8")
    yield path
    path.write_text(text, "utf-8")


def eventually(holds: Callable[[], bool], within: float = 30) -> None:
    """Look again and again until it `holds`."""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it never did"


def describes(dev: DevProcess, field: str) -> bool:
    """Whether the API answers with a model that has `field`."""
    try:
        return f'"{field}"' in httpx.get(f"{dev.api}/api/v1/datafeed/openapi.json").text
    except httpx.TransportError:  # Taken from the old server in the moment of its end.
        return False


def with_field(text: str, field: str) -> str:
    """The source of the model with one more field."""
    return text.replace("    bid: ", f"    {field}: str | None = None\n    bid: ", 1)


@pytest.mark.parametrize("which", ["api_port", "page_port"])
def test_a_taken_port_is_one_sentence_and_starts_nothing(checkout: Path, which: str) -> None:
    process = DevProcess(checkout)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", getattr(process, which)))
        listener.listen()
        with process:
            code, said = process.wait()
            assert code == 2, said
            (sentence,) = said.splitlines()
            assert sentence.startswith(
                f"Port {getattr(process, which)} cannot be used: Address already in use;"
            )
            assert process.living() == []


def test_both_addresses_answer_once_it_is_ready(dev: DevProcess) -> None:
    assert httpx.get(f"{dev.api}/readyz").json()["ready"] is True
    assert '<div id="app">' in httpx.get(dev.page).text
    assert httpx.get(f"{dev.page}/api/v1/core/health").json()["status"] == "ok"


def test_a_changed_model_reaches_the_api_and_the_types(dev: DevProcess, model: Path, checkout: Path) -> None:
    model.write_text(with_field(model.read_text("utf-8"), "added"), "utf-8")
    eventually(lambda: describes(dev, "added"))
    eventually(lambda: " added?: string" in (checkout / TYPES).read_text("utf-8"))


def test_a_mistake_is_said_with_its_line_and_the_api_goes_on(dev: DevProcess, model: Path) -> None:
    text = model.read_text("utf-8")
    line = text.splitlines().index(next(each for each in text.splitlines() if each.startswith("class "))) + 1
    model.write_text(text.replace("class ", "klass ", 1), "utf-8")
    sentence = dev.wait_for("The change is not served")
    assert f"{MODEL}:{line}" in sentence
    assert "Traceback" not in sentence
    assert httpx.get(f"{dev.api}/readyz").json()["ready"] is True
    assert not describes(dev, "mended")

    model.write_text(with_field(text, "mended"), "utf-8")
    eventually(lambda: describes(dev, "mended"))


@pytest.mark.parametrize("whole_group", [True, False])
def test_ctrl_c_ends_all(checkout: Path, whole_group: bool) -> None:
    with DevProcess(checkout) as process:
        process.wait_for("Ready")
        assert len(process.living()) >= 4
        assert process.end(whole_group=whole_group) == 0
        eventually(lambda: process.living() == [], ENDS_WITHIN_SECONDS)


def test_ctrl_c_ends_all_while_it_starts(checkout: Path) -> None:
    with DevProcess(checkout) as process:
        process.wait_for("broker")
        assert process.end(whole_group=True) == 0
        eventually(lambda: process.living() == [], ENDS_WITHIN_SECONDS)
