"""Topic strings: how every server and client writes the name of one stream."""

import json
from typing import Any

from trading_api.models.common import RequestModel


def topic_name(route: str, request: RequestModel) -> str:
    """`route:{params}`: the request as JSON with sorted keys, no spaces, absent fields left out."""
    return f"{route}:{compact_json(request.to_wire())}"


def compact_json(value: Any) -> str:
    """JSON with sorted keys, no spaces and UTF-8 as is; null members of objects are left out."""
    return json.dumps(
        _without_nulls(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value
