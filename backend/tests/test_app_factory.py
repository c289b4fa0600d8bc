"""The assembled application: mounts, documents, errors, and who may call it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

import trading_api.modules
from tests.module_packages import ModulePackages, module_source
from trading_api.app_factory import AppFactory
from trading_api.settings import Settings

API = "/api/v1"


@pytest.fixture
def factory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppFactory:
    package = ModulePackages(tmp_path, monkeypatch).make({"price_desk": module_source("price_desk")})
    return AppFactory([trading_api.modules, package], installed=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", terminal_dir=tmp_path, enabled_modules="price-desk")


@pytest.fixture
def client(factory: AppFactory, settings: Settings) -> Iterator[TestClient]:
    app = factory.create(settings)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def code_of(answer: Any) -> tuple[int, str]:
    """Status and code of a problem, after checking its shape."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:trading-pro:{problem['code']}"
    assert problem["requestId"] == answer.headers["x-request-id"]
    return problem["status"], problem["code"]


def test_a_module_is_mounted_with_its_own_documents(client: TestClient) -> None:
    assert client.post(f"{API}/price-desk/notes", json={"text": "four"}).json() == 4
    document = client.get(f"{API}/price-desk/openapi.json").json()
    validate(document)
    assert document["servers"] == [{"url": f"{API}/price-desk"}]
    assert set(document["paths"]) == {"/notes", "/defect"}
    page = client.get(f"{API}/price-desk/docs")
    assert f"{API}/price-desk/openapi.json" in page.text


def test_no_page_asks_another_host(client: TestClient) -> None:
    for path in (f"{API}/docs", f"{API}/core/docs", f"{API}/price-desk/docs"):
        page = client.get(path)
        assert page.status_code == 200
        assert "//" not in page.text.replace("http://www.w3.org", "").replace("<!--", "").replace("// ", "")


def test_the_merged_document_holds_every_module(client: TestClient) -> None:
    document = client.get(f"{API}/openapi.json").json()
    validate(document)
    assert document["servers"] == [{"url": API}]
    assert [tag["name"] for tag in document["tags"]] == ["core", "price-desk"]
    assert {"/core/health", "/price-desk/notes"} <= set(document["paths"])
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    assert all(len(operation["tags"]) == 1 for operation in operations)


def test_the_document_of_all_built_in_modules_is_valid(settings: Settings) -> None:
    everything = settings.model_copy(update={"enabled_modules": "all"})
    app = AppFactory(installed=False).create(everything)
    client = TestClient(app, base_url="http://localhost")
    validate(client.get(f"{API}/openapi.json").json())
    for module in app.modules:
        validate(client.get(f"{API}/{module.name}/openapi.json").json())
        assert client.get(f"{API}/{module.name}/docs").status_code == 200


def test_two_applications_share_nothing(factory: AppFactory, settings: Settings, tmp_path: Path) -> None:
    first = factory.create(settings)
    second = factory.create(
        settings.model_copy(update={"data_dir": tmp_path / "other", "enabled_modules": "core"})
    )
    for name in ("settings", "clock", "database", "started"):
        assert getattr(first.context, name) is not getattr(second.context, name), name
    assert first.context.endpoint("core").app != second.context.endpoint("core").app
    assert not {id(module) for module in first.modules} & {id(module) for module in second.modules}
    with TestClient(first, base_url="http://localhost") as one:
        assert first.context.started.is_set()
        assert not second.context.started.is_set()
        with TestClient(second, base_url="http://localhost") as two:
            assert len(one.get(f"{API}/core/modules").json()) == 2
            assert len(two.get(f"{API}/core/modules").json()) == 1
        assert one.get("/readyz").json()["ready"] is True


def test_the_same_application_does_not_write_until_it_starts(factory: AppFactory, settings: Settings) -> None:
    factory.create(settings)
    assert not settings.data_dir.exists()


@pytest.mark.parametrize("path", ["/nothing", f"{API}/nothing", f"{API}/price-desk/nothing", f"{API}/core/"])
def test_an_unknown_path_is_a_problem(client: TestClient, path: str) -> None:
    assert code_of(client.get(path)) == (404, "not-found")


def test_a_wrong_method_is_a_problem(client: TestClient) -> None:
    answer = client.delete(f"{API}/price-desk/notes")
    assert code_of(answer) == (405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("body", [b"", b"{", b"text=1", b'{"text": NaN}', b"\xff\xfe", b"[" * 200_000])
def test_a_body_that_is_not_json_is_a_problem(client: TestClient, body: bytes) -> None:
    answer = client.post(
        f"{API}/price-desk/notes", content=body, headers={"Content-Type": "application/json"}
    )
    assert code_of(answer) in {(400, "json-invalid"), (422, "validation-failed")}


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "text"), ({"text": 1}, "text"), ({"text": "a", "more": 1}, "more"), ([1], "body")],
)
def test_a_body_of_a_wrong_shape_names_the_field(client: TestClient, body: object, field: str) -> None:
    answer = client.post(f"{API}/price-desk/notes", json=body)
    assert code_of(answer) == (422, "validation-failed")
    assert [problem["field"] for problem in answer.json()["fields"]] == [field]


def test_a_body_of_10_mb_is_a_problem(client: TestClient) -> None:
    answer = client.post(f"{API}/price-desk/notes", json={"text": "x" * 10_000_000})
    assert code_of(answer) == (413, "body-too-large")


def test_a_body_of_10_mb_that_does_not_say_so_is_a_problem(client: TestClient) -> None:
    chunks = (b'"' + b"x" * 100_000 for _ in range(100))
    answer = client.post(f"{API}/price-desk/notes", content=chunks)
    assert code_of(answer) == (413, "body-too-large")


def test_a_defect_tells_nothing_but_where_to_look(client: TestClient) -> None:
    answer = client.get(f"{API}/price-desk/defect")
    assert code_of(answer) == (500, "internal-error")
    assert "division" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example", "", "["])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    assert code_of(client.get("/livez", headers={"Host": host})) == (403, "host-not-allowed")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://[", "http://localhost.evil.example"]
)
def test_a_foreign_page_is_refused(client: TestClient, origin: str) -> None:
    answer = client.get(f"{API}/core/health", headers={"Origin": origin})
    assert code_of(answer) == (403, "host-not-allowed")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:9", "LOCALHOST"])
def test_this_machine_is_served(client: TestClient, host: str) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert client.get(f"{API}/core/health", headers=headers).status_code == 200


def test_a_sane_request_id_is_echoed(client: TestClient) -> None:
    answer = client.get("/livez", headers={"X-Request-Id": "abc-1.2_3"})
    assert answer.headers["x-request-id"] == "abc-1.2_3"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "a\tb", "a;b"])
def test_any_other_request_id_is_replaced(client: TestClient, given: str) -> None:
    answers = [client.get("/nothing", headers={"X-Request-Id": given}) for _ in range(2)]
    ids = {answer.headers["x-request-id"] for answer in answers}
    assert len(ids) == 2
    assert all(len(each) == 32 for each in ids)
