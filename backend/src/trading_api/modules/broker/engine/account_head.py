"""What an account is besides its entities, as JSON: with what is open, the account begins again from it."""

from dataclasses import MISSING, Field, fields
from typing import Any, get_args, get_origin, get_type_hints

from immutables import Map
from pydantic import ConfigDict, create_model
from pydantic import Field as HeadField

from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.state import AccountState

ENTITIES = frozenset({"account_id", "epoch", "orders", "positions", "client_order_ids", "books", "children"})
"""Fields of a state that the head leaves out: the key, and what the entities give."""


def _column(field: Field[Any], hint: Any) -> tuple[Any, Any]:
    """Type and default of a field in JSON, where a map is an object."""
    if get_origin(hint) is Map:
        return dict[get_args(hint)], HeadField(default_factory=dict)  # type: ignore[misc]  # made here
    return hint, ... if field.default is MISSING else field.default


_HINTS = get_type_hints(AccountState)
_FIELDS = [field for field in fields(AccountState) if field.name not in ENTITIES]
_COLUMNS: dict[str, Any] = {field.name: _column(field, _HINTS[field.name]) for field in _FIELDS}
_Head = create_model("AccountHead", __config__=ConfigDict(extra="forbid"), **_COLUMNS)


def write_head(state: AccountState) -> str:
    """Everything of `state` that is not an entity."""
    values = {name: getattr(state, name) for name in _COLUMNS}
    plain: dict[str, Any] = {
        name: dict(value) if isinstance(value, Map) else value for name, value in values.items()
    }
    return _Head.model_construct(**plain).model_dump_json()


def read_head(account_id: str, epoch: str, text: str) -> AccountState:
    """The state without its entities; raises pydantic's ValidationError for what no head is."""
    head = _Head.model_validate_json(text)
    values = {name: getattr(head, name) for name in _COLUMNS}
    kept: dict[str, Any] = {
        name: Map(value) if isinstance(value, dict) else value for name, value in values.items()
    }
    return replace(AccountState(account_id, epoch), **kept)
