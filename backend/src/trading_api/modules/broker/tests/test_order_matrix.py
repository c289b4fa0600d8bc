"""Whatever is sent as an order is accepted, or answered by the documented code."""

from collections import Counter

import pytest

from trading_api.models.broker.orders import OrderType
from trading_api.modules.broker.engine import OrderRefused, RefusalCode
from trading_api.modules.broker.errors import MEANINGS
from trading_api.modules.broker.tests.order_matrix import Case, cases


def answered(case: Case) -> frozenset[str]:
    """The codes of the refusal; none if the order was accepted."""
    desk = case.desk()
    before = desk.state
    try:
        desk.do(case.command)
    except OrderRefused as error:
        failures = error.failures
    else:
        return frozenset()
    assert desk.state == before
    assert all(failure.message and failure.field for failure in failures)
    return frozenset(failure.code.value for failure in failures)


@pytest.mark.parametrize("kind", OrderType)
def test_every_order_of_the_matrix_is_answered_by_its_codes(kind: OrderType) -> None:
    seen: Counter[str] = Counter()
    for case in cases():
        if case.command.type is not kind:
            continue
        assert answered(case) == case.expected, case
        seen.update(case.expected or {"accepted"})
    assert seen["accepted"] >= 12
    assert sum(seen.values()) > 1000


def test_every_code_of_the_matrix_is_documented() -> None:
    codes = {code for case in cases() for code in case.expected}
    assert codes <= {code.value for code in RefusalCode}
    assert all(MEANINGS[RefusalCode(code)] for code in codes)
