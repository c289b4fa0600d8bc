"""What an account is besides its entities, as JSON: with what is open, the account begins again from it."""

from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from immutables import Map
from pydantic import ConfigDict, TypeAdapter

from trading_api.modules.broker.engine.codec import Codec
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.state import AccountState

ENTITIES = frozenset({"account_id", "epoch", "orders", "positions", "client_order_ids", "books", "children"})
"""Fields of a state that the head leaves out: the key, and what the entities give."""


def _column(name: str, hint: Any, default: Any) -> tuple[str, Any, Any]:
    """A field in JSON, where a map is an object."""
    if get_origin(hint) is Map:
        return name, dict[get_args(hint)], field(default_factory=dict)  # type: ignore[misc]  # made here
    return name, hint, field() if default is MISSING else field(default=default)


_HINTS = get_type_hints(AccountState)
_COLUMNS = [
    _column(each.name, _HINTS[each.name], each.default)
    for each in fields(AccountState)
    if each.name not in ENTITIES
]
_NAMES = [name for name, _, _ in _COLUMNS]
_STRICT = {"__pydantic_config__": ConfigDict(extra="forbid")}
_Head: Any = make_dataclass("AccountHead", _COLUMNS, kw_only=True, namespace=_STRICT)
_HEAD: Codec[Any] = Codec(TypeAdapter(_Head), exclude_none=False)


def write_head(state: AccountState) -> str:
    """Everything of `state` that is not an entity."""
    values = {name: getattr(state, name) for name in _NAMES}
    return _HEAD.write(
        _Head(**{name: dict(value) if isinstance(value, Map) else value for name, value in values.items()})
    )


def read_head(account_id: str, epoch: str, text: str) -> AccountState:
    """The state without its entities; raises pydantic's ValidationError for what no head is."""
    head = _HEAD.read(text)
    values = {name: getattr(head, name) for name in _NAMES}
    kept: dict[str, Any] = {
        name: Map(value) if isinstance(value, dict) else value for name, value in values.items()
    }
    return replace(AccountState(account_id, epoch), **kept)
