"""Topic names agree with the vectors that every client's tests read."""

import json
from pathlib import Path
from typing import Any

import pytest

import trading_api.models
from trading_api.models.topics import compact_json

VECTORS = json.loads((Path(trading_api.models.__path__[0]) / "topic_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["topic"])
def test_topic_names(vector: dict[str, Any]) -> None:
    assert f"{vector['route']}:{compact_json(vector['request'])}" == vector["topic"]
