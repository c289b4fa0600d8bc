"""The concrete, typed routes of a module: the text of its `ws_generated/__init__.py`."""

from collections.abc import Sequence

from trading_api.shared.codegen.imports import LINE_LENGTH, import_lines
from trading_api.shared.codegen.ws_declarations import RouteDeclaration

HEADER = '"""Routes of this module, generated from its `ws.py`; `make generate` writes them anew."""'

ROUTER = """

class {alias}({base}):
    \"""The route `{route}`.\"""

    route = "{route}"
    request = {request}
    data = {data}
"""


def ws_routers(declarations: Sequence[RouteDeclaration]) -> str:
    """Source text with one class a declaration, an instance of each, and `ROUTES` with them all."""
    names = {(each.module, each.name) for found in declarations for each in (found.request, found.data)}
    names.add(("trading_api.shared.ws.router", "WsRouter"))
    names |= {("typing", name) for name in ("Any", "Final")}
    classes = "".join(
        ROUTER.format(
            alias=each.alias,
            base=_base(each),
            route=each.route,
            request=each.request.name,
            data=each.data.name,
        )
        for each in declarations
    )
    instances = "".join(f"{constant_name(each)} = {each.alias}()\n" for each in declarations)
    listed = "".join(f"    {constant_name(each)},\n" for each in declarations)
    routes = f"\n{listed}" if len(declarations) > 1 else listed.strip()
    return (
        f"{HEADER}\n\n{import_lines(names)}{classes}\n\n{instances}\n"
        f"ROUTES: Final[tuple[WsRouter[Any, Any], ...]] = ({routes})\n"
    )


def constant_name(declaration: RouteDeclaration) -> str:
    """`broker-connection` -> `BROKER_CONNECTION`."""
    return declaration.route.replace("-", "_").upper()


def _base(declaration: RouteDeclaration) -> str:
    """The generic base, on a line of its own where the formatter wants it so."""
    base = f"WsRouter[{declaration.request.name}, {declaration.data.name}]"
    fits = len(f"class {declaration.alias}({base}):") <= LINE_LENGTH
    return base if fits else f"\n    {base}\n"
