"""How often a reader wants newest values, and what is asked for readers who differ."""

import pytest

from trading_api.clients.tests.scripted_server import ScriptedServer, settle
from trading_api.clients.tests.stream_talk import PRICE, Named, Reader, Talk


def test_the_rate_is_asked_for_on_every_connection() -> None:
    talk = Talk()
    Reader(talk, "price", rate=5)
    for _ in range(3):
        talk.open()
        talk.confirm(PRICE, snapshot=[])
        talk.lose()
    assert talk.rates() == [5, 5, 5]


def test_no_rate_is_asked_for_where_none_is_wanted() -> None:
    talk = Talk()
    Reader(talk, "price")
    Reader(talk, "lines")
    talk.open()
    assert all("options" not in sent for sent in talk.all_sent(".subscribe"))


@pytest.mark.parametrize(("rates", "asked"), [((5, 2), 5), ((2, 5), 5), ((5, None), None), ((None, 5), None)])
def test_readers_of_one_topic_share_what_the_highest_need_asks_for(
    rates: tuple[float | None, float | None], asked: float | None
) -> None:
    talk = Talk()
    readers = [Reader(talk, "price", rate=rate) for rate in rates]
    talk.open()
    assert talk.rates() == [asked]
    talk.confirm(PRICE, snapshot=[{"value": 1}])
    talk.update({"value": 2})
    assert [reader.read() for reader in readers] == [[[{"value": 1}], {"value": 2}]] * 2
    assert talk.rates() == [asked]


@pytest.mark.parametrize(("late", "asked"), [(2, 5), (9, 9), (None, None)])
def test_a_late_reader_raises_the_rate_if_it_needs_more(late: float | None, asked: float | None) -> None:
    talk = Talk()
    early = Reader(talk, "price", rate=5)
    talk.open()
    talk.confirm(PRICE, snapshot=[])
    Reader(talk, "price", rate=late)
    assert talk.rates() == [5, asked]
    talk.confirm(PRICE, snapshot=[{"value": 1}])
    assert talk.rates() == [5, asked]
    assert early.read() == [[{"value": 1}]]  # a reader of newest values needs no older snapshot


def test_the_rate_falls_when_the_highest_need_has_gone() -> None:
    talk = Talk()
    modest, eager = Reader(talk, "price", rate=5), Reader(talk, "price")
    talk.open()
    talk.confirm(PRICE, snapshot=[])
    eager.leave()
    assert talk.rates() == [None, 5]
    talk.confirm(PRICE, snapshot=[{"value": 1}])
    assert modest.read() == [[{"value": 1}]]
    modest.leave()
    assert talk.rates() == [None, 5]
    assert len(talk.all_sent(".unsubscribe")) == 1


def test_a_need_that_changes_while_an_answer_is_awaited_is_asked_afterwards() -> None:
    talk = Talk()
    eager = Reader(talk, "price", rate=50)
    Reader(talk, "price", rate=5)
    talk.open()
    eager.leave()
    assert talk.rates() == [50]
    talk.confirm(PRICE, snapshot=[])
    assert talk.rates() == [50, 5]


def test_a_rate_is_not_asked_anew_without_a_connection() -> None:
    talk = Talk()
    eager = Reader(talk, "price", rate=50)
    Reader(talk, "price", rate=5)
    eager.leave()
    assert talk.rates() == []
    talk.open()
    assert talk.rates() == [5]


@pytest.mark.parametrize("rate", [0, -1, 1001, float("nan"), float("inf")])
async def test_a_rate_that_no_server_takes_is_refused_here(rate: float) -> None:
    async with ScriptedServer().client() as client:
        with pytest.raises(ValueError, match="SubscribeOptions"):
            client.subscribe_price(Named(name="a"), max_rate_hz=rate)


async def test_a_client_asks_for_the_rate_again_after_a_loss() -> None:
    server = ScriptedServer()
    async with server.client() as client:
        prices = client.subscribe_price(Named(name="a"), max_rate_hz=5)
        await settle()
        server.socket.confirm(PRICE, snapshot=[{"value": 1}])
        await anext(prices)
        server.socket.end(1006)
        await server.time.advance(0.75)
        assert [sent["options"] for socket in server.sockets for sent in socket.asked()] == [
            {"maxRateHz": 5}
        ] * 2
