"""Placing on the terms that a preview showed, while the market moves on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_api.models.broker.orders import PreOrder
from trading_api.modules.broker.confirming import Confirmed
from trading_api.modules.broker.errors import ConfirmInvalid, ConfirmStale
from trading_api.modules.broker.tests.service_cases import Floor, pre_order, trading_floor


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        await running.quote("10.00", "10.02")
        yield running


async def confirmed(floor: Floor, order: PreOrder) -> PreOrder:
    """The order with the id of its preview."""
    shown = await floor.service.preview("DEMO", order)
    return order.model_copy(update={"confirm_id": shown.confirm_id})


async def test_a_price_within_the_tolerance_is_taken(floor: Floor) -> None:
    order = await confirmed(floor, pre_order("buy", 10))
    await floor.quote("10.01", "10.03")  # 9.98 basis points
    assert (await floor.service.place("DEMO", order)).value.order.status == "filled"


async def test_a_price_beyond_the_tolerance_is_told_with_both_figures(floor: Floor) -> None:
    order = await confirmed(floor, pre_order("buy", 10))
    await floor.quote("10.02", "10.04")  # 19.96 basis points
    with pytest.raises(ConfirmStale) as stale:
        await floor.service.place("DEMO", order)
    assert stale.value.detail == (
        "The terms have moved by more than 10 basis points: price was 10.02 and is 10.04; "
        "margin was 25 and is 25.05."
    )
    assert await floor.service.positions("DEMO") == []


async def test_what_was_placed_is_answered_again_however_old_its_terms(floor: Floor) -> None:
    order = await confirmed(floor, pre_order("buy", 10))
    first = await floor.service.place("DEMO", order, "k")
    await floor.quote("20.00", "20.02")
    again = await floor.service.place("DEMO", order, "k")
    assert (again.repeated, again.body) == (True, first.body)


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.hex()))
def test_nothing_but_a_preview_makes_an_id(text: str) -> None:
    with pytest.raises(ConfirmInvalid):
        Confirmed.read(text)
