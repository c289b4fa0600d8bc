"""The Python client of a module's streams: one method a route, typed by the models themselves."""

import inspect
import textwrap
from typing import Any

from trading_api.models.streaming import Delivery
from trading_api.shared.codegen.imports import import_lines
from trading_api.shared.codegen.python_types import TypeTexts
from trading_api.shared.module_interface import Module
from trading_api.shared.ws.router import WsRouter

RUNTIME = "trading_api.clients.stream"
LINE_LENGTH = 110

HEADER = '"""Client of the streams of `{module}`, generated; `make generate` writes it anew."""'

CLASS = '''

class {name}(StreamClient):
    """Streams of `{module}`; `StreamClient` says what all streams have in common."""
'''

JOURNAL = """
    def subscribe_{method}(
        self,
        request: {request},
    ) -> Subscription[{data}]:
{doc}
        return self._journal(
            "{route}",
            request,
            {data},
        )
"""

BOOK = """
    def subscribe_{method}(
        self,
        request: {request},
    ) -> Subscription[{data}]:
{doc}
        return self._book(
            "{route}",
            request,
            {data},
        )
"""

LATEST = """
    def subscribe_{method}(
        self,
        request: {request},
        *,
        every: bool = False,{rate_parameter}
    ) -> Subscription[{data}]:
{doc}
        return self._latest(
            "{route}",
            request,
            {data},
            every=every,{rate_argument}
        )
"""


RATE = {
    "rate_parameter": "\n        max_rate_hz: float | None = None,",
    "rate_argument": "\n            max_rate_hz=max_rate_hz,",
}
NO_RATE = dict.fromkeys(RATE, "")
TEMPLATES = {Delivery.JOURNAL: JOURNAL, Delivery.BOOK: BOOK, Delivery.LATEST: LATEST}


def python_ws_client(module: type[Module]) -> str:
    """Source text of the client of the module's streams; empty if it has none.

    Raises StartupError, naming the route, for a model that cannot be imported by name.
    """
    if not module.ws_routes:
        return ""
    types = TypeTexts(f"The stream client of module '{module.name}'")
    name = "".join(part.capitalize() for part in module.label().split("-")) + "WsClient"
    types.imported("", name)
    for ours in ("StreamClient", "Subscription"):
        types.imported(RUNTIME, ours)
    methods = "".join(_method(module, route, types) for route in module.ws_routes)
    imports = {(place, imported) for imported, place in types.modules.items() if place}
    head = HEADER.format(module=module.label())
    return f"{head}\n\n{import_lines(imports)}{CLASS.format(name=name, module=module.name)}{methods}"


def _method(module: type[Module], route: WsRouter[Any, Any], types: TypeTexts) -> str:
    types.place = f"Route '{route.route}' of module '{module.name}'"
    template = TEMPLATES[route.delivery]
    return template.format(
        method=route.route.replace("-", "_"),
        route=route.route,
        request=types.text(route.request),
        data=types.text(route.data),
        doc=_docstring(route),
        **(RATE if route.conflatable else NO_RATE),
    )


def _docstring(route: WsRouter[Any, Any]) -> str:
    """The first sentence of what is asked for, wrapped to the length of a line."""
    said = (inspect.getdoc(route.request) or f"The stream {route.route}.").partition("\n")[0]
    text = said.replace("\\", "\\\\").replace('"', "'")
    lines = textwrap.wrap(f'"""{text}', LINE_LENGTH - 11, break_long_words=False)
    margin = " " * 8
    if len(lines) == 1:
        return f'{margin}{lines[0]}"""'
    return "\n".join(f"{margin}{line}" for line in (*lines, '"""'))
