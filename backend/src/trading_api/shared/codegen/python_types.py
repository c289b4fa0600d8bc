"""Types as source text, with the imports that the text needs."""

import json
import types
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from trading_api.shared.errors import StartupError

OURS, CONTRACT = "trading_api.", "trading_api.models."


@dataclass
class TypeTexts:
    """Writes types for one file and remembers what to import; `place` is what errors speak of."""

    place: str
    modules: dict[str, str] = field(default_factory=dict)
    """Each name of the file and the module that it is imported from."""

    def imported(self, module: str, name: str) -> str:
        """`name`, to be imported from `module`. Raises StartupError if the file has it from elsewhere."""
        other = self.modules.setdefault(name, module)
        if other != module:
            raise StartupError(f"{self.place} uses two types named '{name}': of {other} and of {module}.")
        return name

    def text(self, annotation: Any) -> str:
        """`annotation` as it is written in source, without what validates it.

        Raises StartupError for a type that has no name to import, or that is not of the contract.
        """
        if annotation is None or annotation is type(None):
            return "None"
        if annotation is Any:
            return self.imported("typing", "Any")
        if plain := _plain(annotation):
            return self.text(plain)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Literal:
            return f"{self.imported('typing', 'Literal')}[{', '.join(map(self._literal, arguments))}]"
        if origin in {Union, types.UnionType}:
            return " | ".join(dict.fromkeys(map(self.text, arguments)))
        if isinstance(origin, type):
            return f"{self._named(origin)}[{', '.join(map(self._argument, arguments))}]"
        if not isinstance(annotation, type):
            raise StartupError(f"{self.place} uses {annotation!r}, which a client cannot name.")
        generic = _generic_model(annotation)
        if generic is not None:
            return f"{self._named(generic[0])}[{', '.join(map(self.text, generic[1]))}]"
        return self._named(annotation)

    def _argument(self, annotation: Any) -> str:
        return "..." if annotation is ... else self.text(annotation)

    def _literal(self, value: object) -> str:
        if isinstance(value, Enum):
            return f"{self._named(type(value))}.{value.name}"
        return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)

    def _named(self, kind: type) -> str:
        if kind.__module__ == "builtins":
            return kind.__name__
        described = f"{self.place} uses {kind.__module__}.{kind.__qualname__}"
        if "<locals>" in kind.__qualname__:
            raise StartupError(f"{described}, which is defined inside a function.")
        if kind.__module__.startswith(OURS) and not kind.__module__.startswith(CONTRACT):
            raise StartupError(
                f"{described}, but what crosses a process is defined below trading_api.models."
            )
        top, _, rest = kind.__qualname__.partition(".")
        self.imported(kind.__module__, top)
        return f"{top}.{rest}" if rest else top


def _plain(annotation: Any) -> Any:
    """What an alias, a new type or an annotated type stands for; None if it is none of them."""
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[0]
    if isinstance(annotation, TypeVar):
        return annotation.__bound__ or Any
    return getattr(annotation, "__supertype__", None) or getattr(annotation, "__value__", None)


def _generic_model(kind: type) -> tuple[type, tuple[Any, ...]] | None:
    if not issubclass(kind, BaseModel):
        return None
    metadata = kind.__pydantic_generic_metadata__
    return (metadata["origin"], metadata["args"]) if metadata["origin"] else None
