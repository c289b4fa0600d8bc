"""Numbers on the wire: the documents tell the bounds that the server checks."""

from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from trading_api.models.common import Number, WireModel


class Bounded(WireModel):
    """A number with bounds, in each way of writing it."""

    above_zero: Number = Field(gt=0)
    optional: Number | None = Field(default=None, ge=1, le=1000)
    annotated: Annotated[Number, Field(lt=5)] = Field(default=Decimal(1), description="Below five.")
    free: Number = Field(default=Decimal(0))


@pytest.mark.parametrize(
    ("field", "bounds"),
    [
        ("aboveZero", {"exclusiveMinimum": 0}),
        ("optional", {"minimum": 1, "maximum": 1000}),
        ("annotated", {"exclusiveMaximum": 5}),
        ("free", {}),
    ],
)
def test_a_schema_tells_the_bounds(field: str, bounds: dict[str, Any]) -> None:
    described = Bounded.model_json_schema()["properties"][field]
    ignored = {"title", "type", "default", "description"}
    assert described["type"] == "number"
    assert {key: value for key, value in described.items() if key not in ignored} == bounds


@pytest.mark.parametrize("wrong", [{"aboveZero": 0}, {"optional": 1000.5}, {"annotated": 5}])
def test_the_server_checks_them(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Bounded.model_validate({"aboveZero": 1} | wrong)
