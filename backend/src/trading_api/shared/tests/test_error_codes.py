"""The page of error codes: one row a meaning, and who answers with it."""

from typing import Any

from fastapi import FastAPI

from trading_api.shared.codegen.error_codes import error_codes_page
from trading_api.shared.errors import NotFound, TradingError
from trading_api.shared.routing import ModuleRouter, problems


class Late(TradingError):
    """Too late | for today.

    Nothing of this line is on the page.
    """

    code, status, title, retryable = "late", 409, "Late", True


class OtherLate(TradingError):
    """Another meaning."""

    code, status, title = "late", 409, "Late"


def document() -> dict[str, Any]:
    """Two modules: one whose operations may all be late, one of which one may."""
    app = FastAPI()
    for module, errors in (("desk", [Late] * 5), ("news", [OtherLate, *[None] * 5])):
        router = ModuleRouter(tags=[module])
        for number, error in enumerate(errors):
            router.get(
                f"/{module}/{number}",
                operation_id=f"{module}{number}",
                responses=problems(error) if error else {},
            )(lambda: None)
        app.include_router(router)
    return app.openapi()


def rows(page: str, code: str) -> list[str]:
    """The rows of a code."""
    return [line for line in page.splitlines() if line.startswith(f"| `{code}` |")]


def test_a_row_names_meaning_and_operations() -> None:
    page = error_codes_page([document()])
    assert rows(page, "late") == [
        "| `late` | 409 | no | Another meaning. | `news0` |",
        "| `late` | 409 | yes | Too late \\| for today. | all of desk |",
    ]


def test_what_every_operation_answers_is_said_in_a_word() -> None:
    (row,) = rows(error_codes_page([document()]), "internal-error")
    assert row.endswith("| all |")


def test_what_no_operation_answers_is_there_too() -> None:
    (row,) = rows(error_codes_page([document()]), NotFound.code)
    assert row.startswith("| `not-found` | 404 | no | There is nothing at this path. | none: ")


def test_versions_share_a_row() -> None:
    assert error_codes_page([document(), document()]) == error_codes_page([document()])
