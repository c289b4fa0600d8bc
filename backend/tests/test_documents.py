"""The documents of the whole application: examples that fit, pages that link to each other and ask nobody."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

import trading_api.modules
from trading_api.app_factory import AppFactory
from trading_api.settings import Settings
from trading_api.shared.codegen.asyncapi import merged_asyncapi, module_asyncapi
from trading_api.shared.codegen.document_gaps import refuse_document_gaps
from trading_api.shared.codegen.openapi import merged_openapi, module_openapi
from trading_api.shared.module_registry import ModuleRegistry

API = "/api/v1"
MODULES = ModuleRegistry([trading_api.modules], installed=False).enabled("all")
STREAMING = [module for module in MODULES if module.ws_routes]
OPENAPI = {"all": merged_openapi(MODULES)} | {module.name: module_openapi(module) for module in MODULES}
ASYNCAPI = {"all": merged_asyncapi(MODULES)} | {module.name: module_asyncapi(module) for module in STREAMING}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("documents")
    app = AppFactory(installed=False).create(Settings(data_dir=folder, terminal_dir=folder))
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def examples(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every schema of a document with an example that claims to be of it."""
    if isinstance(node, list):
        for part in node:
            yield from examples(part)
    if not isinstance(node, dict):
        return
    if "schema" in node and "example" in node:
        yield node["schema"], node["example"]
    if "schema" in node and isinstance(named := node.get("examples"), dict):
        yield from ((node["schema"], example["value"]) for example in named.values())
    if "payload" in node and "name" in node:
        yield from ((node["payload"], example["payload"]) for example in node.get("examples", []))
    if isinstance(listed := node.get("examples"), list) and not {"schema", "payload"} & set(node):
        yield from ((node, example) for example in listed)
    for key, part in node.items():
        if key not in {"example", "examples", "value"}:
            yield from examples(part)


@pytest.mark.parametrize(
    "document",
    [
        *(pytest.param(document, id=f"openapi {name}") for name, document in OPENAPI.items()),
        *(pytest.param(document, id=f"asyncapi {name}") for name, document in ASYNCAPI.items()),
    ],
)
def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    found = list(examples(document))
    assert len(found) > 20
    for schema, example in found:
        complete = schema | {"components": document["components"]}
        complaints = [error.message for error in jsonschema_rs.validator_for(complete).iter_errors(example)]
        assert complaints == [], (schema, example)


def test_nothing_is_left_out() -> None:
    refuse_document_gaps(MODULES)


@pytest.mark.parametrize("name", OPENAPI)
def test_every_operation_says_what_it_does_and_refuses(name: str) -> None:
    validate(OPENAPI[name])
    for path in OPENAPI[name]["paths"].values():
        for operation in path.values():
            assert operation["operationId"]
            assert not operation["summary"].endswith(".")
            assert operation["x-error-codes"] == sorted(operation["x-error-codes"]) != []
            assert len(operation["tags"]) == 1


def test_the_answers_of_the_server_are_those_of_the_document(client: TestClient) -> None:
    paths = OPENAPI["all"]["paths"]
    served = client.get(f"{API}/openapi.json").json()
    assert served["paths"] == paths
    assert client.get(f"{API}/ws/asyncapi.json").json() == ASYNCAPI["all"]
    for module in STREAMING:
        assert client.get(f"{module.base_path()}/ws/asyncapi.json").json() == ASYNCAPI[module.name]


def test_the_pages_ask_no_other_host_and_link_to_each_other(client: TestClient) -> None:
    expected = {f"{API}/docs", f"{API}/ws/asyncapi"}
    expected |= {f"{module.base_path()}/docs" for module in MODULES}
    expected |= {f"{module.base_path()}/ws/asyncapi" for module in STREAMING}
    for url in expected:
        page = client.get(url)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "//" not in page.text
        assert set(re.findall(r'<a href="([^"]*)"', page.text)) == expected
        assert re.findall(r'<a href="([^"]*)" aria-current="page"', page.text) == [url]


def test_a_page_names_its_document(client: TestClient) -> None:
    for base in (API, f"{API}/broker"):
        assert f'"{base}/openapi.json"' in client.get(f"{base}/docs").text
        assert f'"{base}/ws/asyncapi.json"' in client.get(f"{base}/ws/asyncapi").text


def test_a_module_without_streams_has_no_documents_of_them(client: TestClient) -> None:
    assert client.get(f"{API}/core/ws/asyncapi").status_code == 404
    assert client.get(f"{API}/core/ws/asyncapi.json").status_code == 404


def test_the_inventory_links_every_page(client: TestClient) -> None:
    for module in client.get(f"{API}/core/modules").json():
        assert client.get(module["docsUrl"]).status_code == 200
        streams = [module.get(key) for key in ("wsUrl", "asyncapiUrl", "streamsDocsUrl")]
        if module["name"] == "core":
            assert streams == [None] * 3
        else:
            assert [client.get(url).status_code for url in streams[1:]] == [200, 200]


def test_an_application_without_streams_has_no_page_of_them(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="core")
    client = TestClient(AppFactory(installed=False).create(settings), base_url="http://localhost")
    assert client.get(f"{API}/ws/asyncapi").status_code == 404
    assert "asyncapi" not in client.get(f"{API}/docs").text
