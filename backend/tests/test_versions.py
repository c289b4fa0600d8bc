"""Versions of a module side by side: their documents, their streams, and their announced end."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient, WebSocketDenialResponse, WebSocketTestSession
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

import trading_api.modules
from tests.fixtures import versioned_modules
from tests.module_packages import ModulePackages, module_source
from trading_api.app_factory import AppFactory
from trading_api.models.versioning import VersionStatus
from trading_api.settings import Settings
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.errors import StartupError
from trading_api.shared.versions import Deprecation, Lifecycle

FIRST_DAY = date(2026, 12, 24)
WS = "ws://localhost"
SUNSET = date(2027, 6, 1)
V1_HEADERS = {
    "deprecation": "@1796083200",
    "sunset": "Tue, 01 Jun 2027 00:00:00 GMT",
    "link": '</api/v2/desk>; rel="successor-version"',
}
OPERATION_HEADERS = {
    "deprecation": "@1798761600",
    "sunset": "Sat, 01 Jan 2028 00:00:00 GMT",
    "link": '</api/v2/desk/notes>; rel="successor-version"',
}


def moment(day: date) -> int:
    """The first millisecond of a day UTC."""
    return int(datetime.combine(day, datetime.min.time(), UTC).timestamp() * 1000)


@pytest.fixture
def clock() -> PlaybackClock:
    return PlaybackClock(moment(FIRST_DAY))


@pytest.fixture
def client(tmp_path: Path, clock: PlaybackClock) -> Iterator[TestClient]:
    """An application whose real time is that of `clock`."""
    factory = AppFactory([trading_api.modules, versioned_modules], installed=False, wall_clock=clock)
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="core,desk")
    app = factory.create(settings)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def announced(headers: object) -> dict[str, str]:
    """Those headers that tell of an end."""
    assert hasattr(headers, "items")
    return {name: value for name, value in headers.items() if name in V1_HEADERS}


def handshake_headers(socket: WebSocketTestSession) -> dict[str, str]:
    """Headers of the answer that accepted a WebSocket."""
    return {name.decode(): value.decode() for name, value in vars(socket)["extra_headers"]}


def test_two_versions_share_one_service(client: TestClient) -> None:
    assert client.post("/api/v1/desk/notes", json={"text": "a"}).json() == 1
    assert client.post("/api/v2/desk/notes", json={"title": "b", "text": "b"}).json() == 2
    assert client.get("/api/v2/desk/notes/1").json() == "b: b"
    assert client.post("/api/v2/desk/notes", json={"text": "a"}).status_code == 422


def test_each_version_has_its_own_documents(client: TestClient) -> None:
    fields = {}
    for version in ("v1", "v2"):
        document = client.get(f"/api/{version}/desk/openapi.json").json()
        validate(document)
        assert document["servers"] == [{"url": f"/api/{version}/desk"}]
        assert f"/api/{version}/desk/openapi.json" in client.get(f"/api/{version}/desk/docs").text
        (operation,) = document["paths"]["/notes"].values()
        fields[version] = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        assert operation.get("deprecated", False) is (version == "v1")
    assert fields == {"v1": "#/components/schemas/Note", "v2": "#/components/schemas/TitledNote"}


def test_a_merged_document_holds_the_modules_of_its_version(client: TestClient) -> None:
    paths = {}
    for version in ("v1", "v2"):
        document = client.get(f"/api/{version}/openapi.json").json()
        validate(document)
        assert document["servers"] == [{"url": f"/api/{version}"}]
        assert f"/api/{version}/openapi.json" in client.get(f"/api/{version}/docs").text
        paths[version] = {path.split("/")[1] for path in document["paths"]}
    assert paths == {"v1": {"core", "desk"}, "v2": {"desk"}}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/notes"),
        ("GET", "/notes"),
        ("GET", "/nothing"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
    ],
)
def test_every_answer_of_a_deprecated_version_says_so(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, f"/api/v1/desk{path}")
    assert announced(answer.headers) == V1_HEADERS


def test_a_body_that_is_too_large_for_a_deprecated_version(client: TestClient) -> None:
    answer = client.post("/api/v1/desk/notes", content=b"x" * 2_000_000)
    assert (answer.status_code, announced(answer.headers)) == (413, V1_HEADERS)


@pytest.mark.parametrize(
    "path", ["/api/v1/core/health", "/api/v2/desk/docs", "/api/v1/openapi.json", "/livez"]
)
def test_others_say_nothing(client: TestClient, path: str) -> None:
    assert announced(client.get(path).headers) == {}


@pytest.mark.parametrize(("number", "status"), [("0", 200), ("7", 404), ("x", 422), ("13", 500)])
def test_every_answer_of_a_deprecated_operation_says_so(client: TestClient, number: str, status: int) -> None:
    client.post("/api/v2/desk/notes", json={"title": "b", "text": "b"})
    answer = client.get(f"/api/v2/desk/notes/{number}")
    assert (answer.status_code, announced(answer.headers)) == (status, OPERATION_HEADERS)


def test_the_document_marks_a_deprecated_operation(client: TestClient) -> None:
    operation = client.get("/api/v2/desk/openapi.json").json()["paths"]["/notes/{number}"]["get"]
    assert operation["deprecated"] is True
    assert operation["x-deprecation"] == {
        "since": "2027-01-01",
        "sunset": "2028-01-01",
        "successor": "/api/v2/desk/notes",
    }


def test_the_handshake_of_a_deprecated_version_says_so(client: TestClient) -> None:
    with (
        client.websocket_connect(f"{WS}/api/v1/desk/ws") as old,
        client.websocket_connect(f"{WS}/api/v2/desk/ws") as new,
    ):
        assert handshake_headers(old) == V1_HEADERS
        assert handshake_headers(new) == {}


def test_each_version_streams_its_own_data(client: TestClient) -> None:
    client.post("/api/v1/desk/notes", json={"text": "a"})
    snapshots = {}
    for version in ("v1", "v2"):
        with client.websocket_connect(f"{WS}/api/{version}/desk/ws") as socket:
            socket.send_json({"type": "notes.subscribe", "payload": {}})
            snapshots[version] = socket.receive_json()["payload"]["snapshot"]
    assert snapshots == {"v1": [{"text": "a"}], "v2": [{"title": "", "text": "a"}]}


def test_a_version_answers_until_the_moment_of_its_sunset(client: TestClient, clock: PlaybackClock) -> None:
    clock.advance_to(moment(SUNSET) - 1)
    assert client.post("/api/v1/desk/notes", json={"text": "a"}).status_code == 201
    clock.advance_to(moment(SUNSET))
    for method, path in [("POST", "/notes"), ("GET", "/nothing"), ("GET", "/docs"), ("GET", "")]:
        answer = client.request(method, f"/api/v1/desk{path}")
        assert answer.status_code == 410
        assert answer.headers["content-type"] == "application/problem+json"
        assert announced(answer.headers) == V1_HEADERS
        problem = answer.json()
        assert (problem["code"], problem["retryable"]) == ("api-version-sunset", False)
        assert problem["requestId"] == answer.headers["x-request-id"]
        assert (
            problem["detail"] == "The v1 of module 'desk' ended on 2027-06-01; /api/v2/desk takes its place."
        )
    assert client.get("/api/v1/core/health").status_code == 200
    assert client.post("/api/v2/desk/notes", json={"title": "b", "text": "b"}).json() == 2


def test_what_has_ended_is_not_in_the_merged_document(client: TestClient, clock: PlaybackClock) -> None:
    clock.advance_to(moment(SUNSET))
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {path.split("/")[1] for path in paths} == {"core"}


def test_the_handshake_of_an_ended_version_is_refused(client: TestClient, clock: PlaybackClock) -> None:
    clock.advance_to(moment(SUNSET))
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect(f"{WS}/api/v1/desk/ws"):
        pass
    assert (refused.value.status_code, refused.value.json()["code"]) == (410, "api-version-sunset")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/api/v9/desk/notes", "Module 'desk' has no v9; it serves v1, v2."),
        ("/api/v2/core/health", "Module 'core' has no v2; it serves v1."),
        ("/api/v9", "There is no v9 of the API; served are: v1, v2."),
        ("/api/v9/", "There is no v9 of the API; served are: v1, v2."),
        ("/api/v9/nothing/at/all", "There is no v9 of the API; served are: v1, v2."),
        ("/api/v0/openapi.json", "There is no v0 of the API; served are: v1, v2."),
        ("/api/v01/docs", "There is no v01 of the API; served are: v1, v2."),
    ],
)
def test_an_unknown_version_is_refused_with_the_served_ones(
    client: TestClient, path: str, sentence: str
) -> None:
    for method in ("GET", "POST"):
        answer = client.request(method, path)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["detail"]) == (
            404,
            "api-version-unknown",
            sentence,
        )
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect(f"{WS}{path}"):
        pass
    assert refused.value.json()["detail"] == sentence


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v", "/api/vx/desk", "/api", "/v9/desk", "/api/v9x/a"]
)
def test_other_unknown_paths_are_not_about_versions(client: TestClient, path: str) -> None:
    assert client.get(path).json()["code"] == "not-found"


def test_a_server_without_denial_responses_closes_the_handshake(client: TestClient) -> None:
    async def without_extensions(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "extensions": {}}, receive, send)

    app = client.app
    bare = TestClient(without_extensions, base_url="http://localhost")
    with ExitStack() as stack, pytest.raises(WebSocketDisconnect) as refused:
        stack.enter_context(bare.websocket_connect(f"{WS}/api/v9/desk/ws"))
    assert (refused.value.code, refused.value.reason) == (1008, "api-version-unknown")


@pytest.mark.parametrize(
    ("day", "desk_v1", "v2"),
    [(FIRST_DAY, "deprecated", "stable"), (SUNSET, "sunset", "stable")],
)
def test_core_lists_versions_and_who_has_them(
    client: TestClient, clock: PlaybackClock, day: date, desk_v1: str, v2: str
) -> None:
    clock.advance_to(moment(day))
    first, second = client.get("/api/v1/core/versions").json()
    core, desk = first.pop("modules")
    assert first == {"version": "v1", "status": "alpha", "released": "2026-01-01"}
    assert core == {"name": "core", "url": "/api/v1/core", "status": "alpha", "released": "2026-11-21"}
    assert desk == {
        "name": "desk",
        "url": "/api/v1/desk",
        "status": desk_v1,
        "released": "2026-01-01",
        "deprecated": "2026-12-01",
        "sunset": "2027-06-01",
    }
    desk_v2 = {"name": "desk", "url": "/api/v2/desk", "status": v2, "released": "2026-12-01"}
    assert second == {"version": "v2", "status": v2, "released": "2026-12-01", "modules": [desk_v2]}


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 1, 1), VersionStatus.BETA),
        (date(2026, 1, 31), VersionStatus.BETA),
        (date(2026, 2, 1), VersionStatus.DEPRECATED),
        (date(2026, 2, 28), VersionStatus.DEPRECATED),
        (date(2026, 3, 1), VersionStatus.SUNSET),
    ],
)
def test_a_life_changes_at_the_beginning_of_its_days(day: date, status: VersionStatus) -> None:
    end = Deprecation(date(2026, 2, 1), date(2026, 3, 1))
    assert Lifecycle(VersionStatus.BETA, date(2026, 1, 1), end).status_on(day) is status


def test_a_life_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="the sunset 2026-01-01 is before the deprecation 2026-02-01"):
        Deprecation(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(ValueError, match="the deprecation 2026-02-01 is before the release 2026-03-01"):
        Lifecycle(VersionStatus.BETA, date(2026, 3, 1), Deprecation(date(2026, 2, 1)))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('version = "2"', r"^Module 'desk' cannot be served: the version '2' is not a 'v' and a number\.$"),
        ('version = "v0"', r"the version 'v0' is not"),
        (
            'other_versions = (ModuleVersion("v1", router, API_V1),)',
            r"^Module 'desk' has two versions named 'v1'\.$",
        ),
    ],
)
def test_a_module_with_wrong_versions_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, sentence: str
) -> None:
    imports = "from trading_api.shared.module_interface import ModuleVersion\n"
    imports += "from trading_api.shared.versions import API_V1\n"
    source = imports + module_source("desk").replace("service = None", f"service = None\n    {line}")
    package = ModulePackages(tmp_path, monkeypatch).make({"desk": source})
    with pytest.raises(StartupError, match=sentence):
        AppFactory([package], installed=False).create(Settings(data_dir=tmp_path, terminal_dir=tmp_path))
