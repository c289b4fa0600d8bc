"""REST routes of a module: stable operation ids, absent instead of null, declared errors."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter

from trading_api.models.common import Problem
from trading_api.shared.errors import TradingError, ValidationFailed
from trading_api.shared.versions import DeprecatedRoute

PROBLEM_MEDIA_TYPE = "application/problem+json"


class ModuleRouter(APIRouter):
    """A router whose operations are named by their functions and whose answers leave out None."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        options["response_model_exclude_none"] = True
        options["route_class_override"] = DeprecatedRoute if options.get("deprecated") else None
        options["operation_id"] = options.get("operation_id") or endpoint.__name__
        options["responses"] = problems(ValidationFailed) | (options.get("responses") or {})
        super().add_api_route(path, endpoint, **options)


def problems(*errors: type[TradingError]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses for `errors`, one a status, listing the codes; for `responses=`."""
    codes: dict[int, list[str]] = {}
    for error in errors:
        codes.setdefault(error.status, []).append(error.code)
    return {
        status: {
            "model": Problem,
            "description": "Codes: " + ", ".join(f"`{code}`" for code in names),
            "content": {PROBLEM_MEDIA_TYPE: {}},
        }
        for status, names in sorted(codes.items())
    }
