"""The routes that are generated from the broker's declarations."""

from trading_api.modules.broker.ws_generated import EXECUTIONS, ORDERS, ROUTES


def test_what_is_committed_is_what_is_declared() -> None:
    assert [route.route for route in ROUTES] == [
        "orders",
        "positions",
        "executions",
        "equity",
        "broker-connection",
    ]
    assert [route.delivery for route in ROUTES] == [
        "journal",
        "journal",
        "journal",
        "latest",
        "latest",
    ]


def test_a_route_names_its_topics() -> None:
    request = EXECUTIONS.request.model_validate({"accountId": "DEMO"})
    assert EXECUTIONS.topic(request).name == 'executions:{"accountId":"DEMO"}'
    assert ORDERS.route == "orders"
