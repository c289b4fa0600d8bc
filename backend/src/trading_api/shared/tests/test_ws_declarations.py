"""Streams declared in `ws.py`: what is read, what is made of it, and what is refused with its place."""

from pathlib import Path

import pytest

from trading_api.shared.codegen.ws_declarations import ModelName, route_declarations, route_name
from trading_api.shared.codegen.ws_routers import ws_routers
from trading_api.shared.errors import StartupError

IMPORTS = """
from typing import TypeAlias
from trading_api.models.broker.orders import OrdersSubscriptionRequest, PlacedOrder
from trading_api.shared.ws.router import WsRouter
"""
GOOD = "OrdersWsRouter: TypeAlias = WsRouter[OrdersSubscriptionRequest, PlacedOrder]"


def written(folder: Path, *lines: str) -> Path:
    """A `ws.py` with the imports above it."""
    path = folder / "ws.py"
    path.write_text("\n".join((IMPORTS.strip(), *lines)) + "\n", "utf-8")
    return path


def test_a_declaration_names_its_route_and_both_models(tmp_path: Path) -> None:
    path = written(tmp_path, "LIMIT = 3", GOOD)
    (found,) = route_declarations(path)
    module = "trading_api.models.broker.orders"
    assert (found.alias, found.route, found.line) == ("OrdersWsRouter", "orders", 5)
    assert (found.request, found.data) == (
        ModelName(module, "OrdersSubscriptionRequest"),
        ModelName(module, "PlacedOrder"),
    )


@pytest.mark.parametrize(
    ("alias", "route"),
    [
        ("OrdersWsRouter", "orders"),
        ("BrokerConnectionWsRouter", "broker-connection"),
        ("Top25WsRouter", "top25"),
    ],
)
def test_routes_are_named_in_hyphens(alias: str, route: str) -> None:
    assert route_name(alias) == route


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (GOOD.replace(": TypeAlias", ""), "OrdersWsRouter is not a TypeAlias"),
        (GOOD.replace(": TypeAlias", ": object"), "OrdersWsRouter is not a TypeAlias"),
        (GOOD.replace("OrdersWsRouter", "orders"), "orders does not name its route"),
        (GOOD.replace("OrdersWsRouter", "WsRouter"), "WsRouter does not name its route"),
        (GOOD.replace(", PlacedOrder", ""), "OrdersWsRouter is not WsRouter of two models"),
        (GOOD.replace("PlacedOrder", "list[PlacedOrder]"), "OrdersWsRouter is not WsRouter of two models"),
        (GOOD.replace("PlacedOrder", "'PlacedOrder'"), "OrdersWsRouter is not WsRouter of two models"),
        (GOOD.partition(" =")[0], "OrdersWsRouter is not WsRouter of two models"),
        (GOOD.replace("PlacedOrder", "Position"), "Position is not imported"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_line(tmp_path: Path, line: str, reason: str) -> None:
    path = written(tmp_path, line)
    with pytest.raises(StartupError) as caught:
        route_declarations(path)
    assert str(caught.value).startswith(f"{path}:4: {reason}")


def test_two_routes_of_one_name_are_refused_with_both_lines(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, GOOD)
    with pytest.raises(StartupError) as caught:
        route_declarations(path)
    assert str(caught.value) == f"Two routes are named 'orders': {path}:4 and {path}:5."


def test_a_syntax_error_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "OrdersWsRouter: = 1")
    with pytest.raises(StartupError, match=r"ws\.py:4: invalid syntax"):
        route_declarations(path)


def test_the_generated_source_holds_the_declared_routes(tmp_path: Path) -> None:
    namespace: dict[str, object] = {}
    exec(ws_routers(route_declarations(written(tmp_path, GOOD))), namespace)
    routes = namespace["ROUTES"]
    assert isinstance(routes, tuple)
    (route,) = routes
    assert (route.route, route.data.__name__, route.delivery) == ("orders", "PlacedOrder", "journal")
