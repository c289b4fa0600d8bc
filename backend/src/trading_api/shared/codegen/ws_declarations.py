"""Reading the streams that a module's `ws.py` declares, without importing anything of it.

A declaration is `OrdersWsRouter: TypeAlias = WsRouter[OrdersSubscriptionRequest, PlacedOrder]`, with both
models imported by name. Whatever else looks like one is an error that says where.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from trading_api.shared.errors import StartupError

SUFFIX = "WsRouter"
ALIAS_PATTERN = re.compile(r"([A-Z][a-z0-9]*)+" + SUFFIX)
EXAMPLE = f"OrdersWsRouter: TypeAlias = {SUFFIX}[OrdersSubscriptionRequest, PlacedOrder]"


@dataclass(frozen=True)
class ModelName:
    """A model and the module from which it is imported."""

    module: str
    name: str


@dataclass(frozen=True)
class RouteDeclaration:
    """One declared route and its place in the file."""

    alias: str
    route: str
    request: ModelName
    data: ModelName
    line: int


def route_declarations(path: Path) -> list[RouteDeclaration]:
    """The routes declared in the file at `path`, in their order.

    Raises StartupError naming file and line of a declaration that cannot be read, and both lines of two
    routes with one name.
    """
    try:
        tree = ast.parse(path.read_text("utf-8"), str(path))
    except SyntaxError as error:
        raise StartupError(f"{path}:{error.lineno}: {error.msg}.") from error
    imported = _imported_names(tree)
    found: dict[str, RouteDeclaration] = {}
    for statement in tree.body:
        declared = _declared(statement)
        if declared is None:
            continue
        declaration = _declaration(path, *declared, imported)
        other = found.setdefault(declaration.route, declaration)
        if other is not declaration:
            raise StartupError(
                f"Two routes are named '{other.route}': {path}:{other.line} and {path}:{declaration.line}."
            )
    return list(found.values())


def route_name(alias: str) -> str:
    """`BrokerConnectionWsRouter` -> `broker-connection`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", alias.removesuffix(SUFFIX)).lower()


def _declared(statement: ast.stmt) -> tuple[ast.expr, ast.expr | None, bool] | None:
    """Target, value and whether it is a TypeAlias, of a statement that means to declare a route."""
    match statement:
        case ast.AnnAssign(target=target, annotation=annotation, value=value):
            is_alias = ast.unparse(annotation).rpartition(".")[2] == "TypeAlias"
        case ast.Assign(targets=[target], value=value):
            is_alias = False
        case _:
            return None
    named = ast.unparse(target).endswith(SUFFIX)
    subscripted = isinstance(value, ast.Subscript) and ast.unparse(value.value).rpartition(".")[2] == SUFFIX
    return (target, value, is_alias) if named or subscripted else None


def _declaration(
    path: Path, target: ast.expr, value: ast.expr | None, is_alias: bool, imported: dict[str, str]
) -> RouteDeclaration:
    def refuse(reason: str) -> StartupError:
        return StartupError(f"{path}:{target.lineno}: {reason}; a route is declared as `{EXAMPLE}`.")

    alias = ast.unparse(target)
    if not is_alias:
        raise refuse(f"{alias} is not a TypeAlias")
    if not ALIAS_PATTERN.fullmatch(alias):
        raise refuse(f"{alias} does not name its route in capitalized words before {SUFFIX}")
    match value:
        case ast.Subscript(
            value=ast.Name(id="WsRouter"), slice=ast.Tuple(elts=[ast.Name() as request, ast.Name() as data])
        ):
            pass
        case _:
            raise refuse(f"{alias} is not {SUFFIX} of two models")
    for name in (request.id, data.id):
        if name not in imported:
            raise refuse(f"{name} is not imported with `from ... import {name}`")
    return RouteDeclaration(
        alias,
        route_name(alias),
        ModelName(imported[request.id], request.id),
        ModelName(imported[data.id], data.id),
        target.lineno,
    )


def _imported_names(tree: ast.Module) -> dict[str, str]:
    return {
        name.name: node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        for name in node.names
        if name.asname is None
    }
