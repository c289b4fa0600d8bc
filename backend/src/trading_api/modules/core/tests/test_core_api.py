"""The core module through its routes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.settings import Settings


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path, enabled_modules="core", terminal_dir=tmp_path)
    app = AppFactory(installed=False).create(settings)
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def test_health_tells_version_and_uptime(client: TestClient) -> None:
    health = client.get("/api/v1/core/health").json()
    assert (health["status"], health["module"]) == ("ok", "core")
    assert health["uptimeMs"] >= 0


def test_versions_have_a_status(client: TestClient) -> None:
    versions = client.get("/api/v1/core/versions").json()
    assert [(version["version"], version["status"]) for version in versions] == [("v1", "alpha")]


def test_modules_are_the_enabled_ones_with_documents_that_exist(client: TestClient) -> None:
    (core,) = client.get("/api/v1/core/modules").json()
    assert core["name"] == "core"
    assert "wsUrl" not in core
    assert client.get(core["docsUrl"]).status_code == 200
    assert client.get(core["openapiUrl"]).json()["info"]["title"] == "Trading Pro core"


def test_an_unknown_path_of_the_module_is_a_problem(client: TestClient) -> None:
    answer = client.get("/api/v1/core/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_probes(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "ok"}
    assert client.get("/readyz").json()["ready"] is True
