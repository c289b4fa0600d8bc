"""Books: each exchange's order of changes, gaps, checksums, and recorded ones rebuilt without a crossing."""

import random
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from trading_api.modules.datafeed.books.order_book import OrderBook
from trading_api.modules.datafeed.books.rebuilding import RULES, BookBuilder, BookMessage, Levels, Rebuilt
from trading_api.modules.datafeed.books.sequencing import Place, binance_spot, bitstamp, okx, okx_checksum
from trading_api.modules.datafeed.formats.recorded_books import BookReader
from trading_api.modules.datafeed.formats.recorded_text import RecordedMessage, recorded_messages
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries

SPOT = "hftbacktest/spot/btcusdt_20240808.gz"
NOWHERE = Path("a.txt")


def level(price: str, size: str) -> tuple[Decimal, Decimal]:
    return Decimal(price), Decimal(size)


def message(number: int, bids: Levels = (), asks: Levels = (), *, whole: bool = False) -> BookMessage:
    return BookMessage("BTCUSDT", 0, None, whole, bids, asks, number, first=number)


SNAPSHOT = message(10, (level("99", "1"),), (level("101", "2"),), whole=True)


def told(builder: BookBuilder, *messages: BookMessage) -> list[Rebuilt]:
    return [change for one in messages for change in builder.take(one)]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9), st.integers(0, 3)), max_size=50))
def test_a_book_is_a_mapping_of_prices_in_order(changes: list[tuple[bool, int, int]]) -> None:
    book: OrderBook[int] = OrderBook()
    bids: dict[int, int] = {}
    asks: dict[int, int] = {}
    for is_bid, price, size in changes:
        (bids if is_bid else asks)[price] = size
        book.apply([(price, size)] if is_bid else [], [] if is_bid else [(price, size)])
    expected_bids = sorted(((price, size) for price, size in bids.items() if size), reverse=True)
    expected_asks = sorted((price, size) for price, size in asks.items() if size)
    assert (book.bids(), book.asks()) == (expected_bids, expected_asks)
    assert (book.bids(2), book.asks(2)) == (expected_bids[:2], expected_asks[:2])
    assert book.is_crossed == bool(
        expected_bids and expected_asks and expected_bids[0][0] >= expected_asks[0][0]
    )


def test_the_order_of_each_exchange() -> None:
    assert [binance_spot(10, 8, 10), binance_spot(10, 9, 12), binance_spot(10, 11, 11)] == [
        Place.OLD,
        Place.NEXT,
        Place.NEXT,
    ]
    assert binance_spot(10, 12, 13) is Place.LATER
    assert [bitstamp(10, 10), bitstamp(10, 11)] == [Place.OLD, Place.NEXT]
    assert [okx(10, 10, 15), okx(10, 11, 15), okx(10, None, None)] == [Place.NEXT, Place.LATER, Place.NEXT]


def test_the_checksum_of_okx_is_signed_and_takes_sides_in_turn() -> None:
    bids, asks = [level("3366.1", "7")], [level("3366.8", "9"), level("3368", "8")]
    assert okx_checksum(bids, asks) == zlib.crc32(b"3366.1:7:3366.8:9:3368:8") - 2**32
    assert okx_checksum([], asks[:1]) == zlib.crc32(b"3366.8:9")


def test_changes_before_the_snapshot_wait_for_it() -> None:
    builder = BookBuilder(RULES["BINANCE"])
    early = [message(9, (level("98", "5"),)), message(11, (level("99", "0"), level("97", "1")))]
    (whole,) = told(builder, *early, SNAPSHOT)
    assert whole == Rebuilt((level("97", "1"),), (level("101", "2"),), whole=True)
    assert (builder.applied, builder.dropped) == (1, 1)


def test_a_gap_withholds_the_book_until_the_next_snapshot() -> None:
    builder = BookBuilder(RULES["BINANCE"])
    told(builder, SNAPSHOT)
    (withheld,) = told(builder, message(13, (level("98", "1"),)))
    assert withheld.whole
    assert (withheld.bids, withheld.asks) == ((), ())
    assert withheld.problem == "Its book is withheld: changes from 10 to 13 are missing."
    assert told(builder, message(14, (level("96", "1"),))) == []
    later = message(12, (level("99", "1"),), (level("101", "2"),), whole=True)
    (again,) = told(builder, later)
    assert again.bids == (level("99", "1"), level("98", "1"), level("96", "1"))
    assert builder.problem is None


def test_a_bid_above_the_ask_withholds_the_book() -> None:
    builder = BookBuilder(RULES["BINANCE"])
    _, withheld = told(builder, SNAPSHOT, message(11, (level("101", "1"),)))
    assert withheld.problem == "Its book is withheld: 101 is bid above the best ask."


def test_a_wrong_checksum_withholds_the_book() -> None:
    builder = BookBuilder(RULES["OKX"])
    wrong = BookMessage("A", 0, 1, True, SNAPSHOT.bids, SNAPSHOT.asks, checksum=1)
    (withheld,) = told(builder, wrong)
    assert withheld.problem is not None
    assert "and not 1" in withheld.problem


def test_ids_of_bitmex_are_prices() -> None:
    def table(action: str, *rows: dict[str, object]) -> list[BookMessage]:
        content = {"table": "orderBookL2", "action": action, "data": list(rows)}
        return reader.messages(RecordedMessage(1, 5, content))

    reader = BookReader(NOWHERE)
    builder = BookBuilder(RULES["BITMEX"])
    first = {"symbol": "XBTUSD", "id": 1, "side": "Buy", "size": 10, "price": "30.5"}
    second = {"symbol": "XBTUSD", "id": 2, "side": "Sell", "size": 20, "price": 31}
    told(builder, *table("partial", first, second))
    told(builder, *table("update", {"symbol": "XBTUSD", "id": 1, "side": "Buy", "size": 7}))
    told(builder, *table("insert", {"symbol": "XBTUSD", "id": 3, "side": "Sell", "size": 1, "price": "30.9"}))
    told(builder, *table("delete", {"symbol": "XBTUSD", "id": 2, "side": "Sell"}))
    assert (builder.book.bids(), builder.book.asks()) == ([level("30.5", "7")], [level("30.9", "1")])


def recorded_book(path: Path) -> Iterator[BookMessage]:
    reader = BookReader(path)
    reader.symbol = "BTCUSDT"
    for recorded in recorded_messages(path):
        yield from reader.messages(recorded)


def test_the_recorded_book_of_binance_has_no_gap_and_never_crosses(recordings: Path) -> None:
    builder = BookBuilder(RULES["BINANCE"])
    last: int | None = None
    for one in recorded_book(recordings / SPOT):
        if not one.whole:
            assert last is None or one.first == last + 1
            last = one.number
        for change in builder.take(one):
            assert change.problem is None
    assert (builder.applied, builder.dropped) == (3_449, 2)
    assert [builder.book.bids(1)[0][0], builder.book.asks(1)[0][0]] == [
        Decimal("61685.99"),
        Decimal("61686.00"),
    ]


def test_trade_ids_are_contiguous(recordings: Path) -> None:
    contents = (recorded.content for recorded in recorded_messages(recordings / SPOT))
    ids = [one["data"]["t"] for one in contents if one.get("data", {}).get("e") == "trade"]
    assert ids == list(range(ids[0], ids[0] + 9_757))


def test_every_recorded_book_is_rebuilt_without_a_doubt(recorded: dict[str, RecordedSeries]) -> None:
    books = [series for series in recorded.values() if series.instrument.has_book]
    assert len(books) >= 14
    for series in books:
        assert series.book_problem(10**14) is None
        for moment in series.times[:: max(1, len(series.times) // 40)].tolist():
            book = series.book(moment, 1)
            assert book is None or book.bids[0].price < book.asks[0].price


def test_the_book_of_a_moment_is_the_same_however_one_comes_to_it(
    recorded: dict[str, RecordedSeries],
) -> None:
    series = recorded["BTCUSDT"]
    moments = series.times[::2_000].tolist()
    forwards = {moment: series.book(moment, 30) for moment in moments}
    random.Random(1).shuffle(moments)
    assert all(series.book(moment, 30) == forwards[moment] for moment in moments)
