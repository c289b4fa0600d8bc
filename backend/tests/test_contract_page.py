"""What docs/contract.md says of clients holds: its example runs, and choices in answers may grow."""

import re
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from fastapi.openapi.utils import get_fields_from_routes
from pydantic import BaseModel

import trading_api.modules
from tests.server_process import ServerProcess
from trading_api.models.broker.orders import OrderStatus
from trading_api.models.common import WireEnum
from trading_api.shared.codegen.contract_models import models_of
from trading_api.shared.module_interface import every_version
from trading_api.shared.module_registry import ModuleRegistry

PAGE = Path(__file__).parents[2] / "docs" / "contract.md"


class Enough(Exception):
    """The example has shown what it is to show."""


@pytest.mark.integration
async def test_the_python_example_runs(tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    shown: list[Any] = []

    def show(*values: Any) -> None:
        shown.append(values)
        raise Enough

    example: dict[str, Any] = {"print": show}
    exec(compile(found[1], str(PAGE), "exec"), example)
    with ServerProcess(tmp_path) as server, pytest.raises(Enough):
        await example["buy"](f"{server.url}/api/v1/broker")
    ((received,),) = shown
    assert [(order.symbol, order.status) for order in received.items] == [("ALFA", OrderStatus.FILLED)]


def answered_enumerations() -> list[type[Enum]]:
    """The enumerations that answers and updates of our modules are made of."""
    annotations: list[Any] = []
    for module in every_version(ModuleRegistry([trading_api.modules], installed=False).enabled("all")):
        answers = get_fields_from_routes(module.router.routes)
        annotations += [field.field_info.annotation for field in answers if field.mode == "serialization"]
        annotations += [route.data for route in module.ws_routes]
    return [model for model in models_of(annotations) if not issubclass(model, BaseModel)]


def test_a_client_keeps_what_only_a_newer_server_can_answer() -> None:
    """The rule that an answer may get a further value stands on this."""
    enumerations = answered_enumerations()
    assert OrderStatus in enumerations
    assert [each for each in enumerations if not issubclass(each, WireEnum)] == []
