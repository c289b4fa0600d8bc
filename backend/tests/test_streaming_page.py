"""The tables of docs/streaming.md are what the code says; the message of a failure is the right table."""

from pathlib import Path

import pytest

from trading_api.models.streaming import CloseCode
from trading_api.settings import Settings
from trading_api.shared.codegen.asyncapi import CLIENT_REACTIONS
from trading_api.shared.observability.metrics import Metrics

PAGE = Path(__file__).parents[2] / "docs" / "streaming.md"


def table(heading: str) -> list[str]:
    """The rows of the table with these columns."""
    lines = PAGE.read_text("utf-8").splitlines()
    start = lines.index(heading) + 2
    return lines[start : start + lines[start:].index("")]


def settings_rows() -> list[str]:
    fields = {name: field for name, field in Settings.model_fields.items() if name.startswith("ws_")}
    return [
        f"| `TRADING_{name.upper()}` | {field.default} | {field.description} |"
        for name, field in fields.items()
    ]


def close_code_rows() -> list[str]:
    return [
        f"| {code.value} | {code.name.lower().replace('_', ' ')} |"
        f" {next(text for codes, text in CLIENT_REACTIONS.items() if code in codes)} |"
        for code in CloseCode
    ]


def metric_rows() -> list[str]:
    registry = Metrics().registry
    return [
        f"| `{family.name}{'_total' if family.type == 'counter' else ''}` | {family.documentation} |"
        for family in sorted(registry.collect(), key=lambda each: each.name)
    ]


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("| setting | default | meaning |", settings_rows()),
        ("| close code | meaning | client |", close_code_rows()),
        ("| metric | meaning |", metric_rows()),
    ],
)
def test_tables_are_those_of_the_code(heading: str, rows: list[str]) -> None:
    assert table(heading) == rows, "\n".join(rows)


def test_the_page_is_short() -> None:
    assert PAGE.read_text("utf-8").count("\n") < 120
