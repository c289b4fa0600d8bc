"""The conversation with a server: what is asked, and what each reader gets."""

import json

import pytest

from trading_api.clients.errors import AnswerInvalid, StreamClosed, SubscriptionRefused
from trading_api.clients.stream_feed import MOST_OF_LATEST, MOST_WAITING
from trading_api.clients.stream_protocol import FRAMES_A_SECOND, ConnectionBroken
from trading_api.clients.stream_topic import MOST_FRUITLESS
from trading_api.clients.tests.stream_talk import LINES, PRICE, Named, Reader, Talk, live_lines

FROM_7 = {"epoch": "e1", "offset": 7}


def test_subscribes_to_all_once_it_is_open() -> None:
    talk = Talk()
    Reader(talk, "lines")
    Reader(talk, "price")
    assert talk.protocol.wanted
    assert talk.all_sent() == []
    talk.open()
    assert [(sent["type"], sent["payload"]) for sent in talk.all_sent()] == [
        ("lines.subscribe", {"name": "a"}),
        ("price.subscribe", {"name": "a"}),
    ]
    Reader(talk, "price", name="b")
    assert talk.all_sent()[-1]["payload"] == {"name": "b"}


def test_the_snapshot_comes_first_then_updates_and_nothing_before_the_ok() -> None:
    talk = Talk()
    reader = Reader(talk, "lines")
    talk.open()
    talk.update("early", 1, 0)
    assert (reader.read(), reader.feed.current) == ([], False)
    talk.confirm(epoch="e1", offset=7, snapshot=["a"])
    talk.update("b", 8, 7)
    assert (reader.read(), reader.feed.current) == ([["a"], "b"], True)


def test_replies_are_matched_by_id() -> None:
    talk, reader = live_lines()
    body = {"status": "ok", "message": "", "topic": LINES, "epoch": "e", "offset": 1, "snapshot": ["other"]}
    for message_id in ("not-ours", "1", None):
        talk.hear("lines.subscribe.response", body, message_id)
    talk.hear("lines.unsubscribe.response", body, "2")
    assert reader.read() == [["a", "b"]]


def test_the_last_reader_to_go_unsubscribes() -> None:
    talk = Talk()
    first, second = Reader(talk, "price"), Reader(talk, "price")
    talk.open()
    talk.confirm(PRICE, snapshot=[1])
    first.leave()
    first.leave()
    assert talk.all_sent(".unsubscribe") == []
    talk.update(2)
    assert (first.read(), second.read()) == ([[1]], [[1], 2])
    second.leave()
    assert [sent["payload"] for sent in talk.all_sent(".unsubscribe")] == [{"name": "a"}]
    talk.update(3)
    assert second.read() == []
    assert not talk.protocol.wanted


def test_a_topic_given_up_before_its_answer_and_taken_again_waits_for_the_new_answer() -> None:
    talk = Talk()
    first = Reader(talk, "lines")
    talk.open()
    old = talk.last_id()
    first.leave()
    second = Reader(talk, "lines")
    assert [sent["type"] for sent in talk.all_sent()] == [
        "lines.subscribe",
        "lines.unsubscribe",
        "lines.subscribe",
    ]
    body = {"status": "ok", "message": "", "topic": LINES, "epoch": "e1", "offset": 1, "snapshot": ["old"]}
    talk.hear("lines.subscribe.response", body, old)
    assert second.read() == []
    talk.confirm(epoch="e1", offset=2, snapshot=["new"])
    assert (first.read(), second.read()) == ([], [["new"]])


def test_nothing_is_asked_for_what_was_given_up_before_the_connection() -> None:
    talk = Talk()
    Reader(talk, "lines").leave()
    talk.open()
    assert talk.all_sent() == []


@pytest.mark.parametrize("as_error", [True, False])
def test_a_refusal_ends_the_readers_of_its_topic_alone(as_error: bool) -> None:
    talk = Talk()
    others = Reader(talk, "price")
    talk.open()
    talk.confirm(PRICE, snapshot=[1])
    readers = [Reader(talk, "lines"), Reader(talk, "lines")]
    problem = {"code": "account-unknown", "message": "There is no account a."}
    if as_error:
        talk.hear("error", problem)
        talk.hear("error", problem, "another")
        assert readers[0].feed.failure is None
        talk.hear("error", problem, talk.last_id())
    else:
        body = {"status": "error", "topic": LINES, **problem}
        talk.hear("lines.subscribe.response", body, talk.last_id())
    for reader in readers:
        failure = reader.feed.failure
        assert isinstance(failure, SubscriptionRefused)
        assert (failure.code, failure.detail, failure.retryable) == (*problem.values(), False)
        assert not reader.feed.current
    talk.update(2)
    assert others.read() == [[1], 2]
    talk.wait(15)
    assert talk.all_sent(".unsubscribe") == []
    again = Reader(talk, "lines")
    talk.confirm(epoch="e1", offset=1, snapshot=[])
    assert again.read() == [[]]


def test_what_came_before_a_failure_is_still_read() -> None:
    talk, reader = live_lines()
    talk.protocol.fail(StreamClosed("no", 4503))
    assert reader.read() == [["a", "b"]]
    assert isinstance(reader.feed.failure, StreamClosed)


def test_stays_below_the_servers_rate_in_order() -> None:
    talk = Talk()
    for number in range(100):
        Reader(talk, "price", name=str(number))
    talk.open()
    counts = [len(talk.all_sent())]
    for _ in range(3):
        talk.wait(1)
        counts.append(len(talk.all_sent()))
    assert counts == [FRAMES_A_SECOND, 2 * FRAMES_A_SECOND, 100, 100]
    assert [sent["payload"]["name"] for sent in talk.all_sent()] == [str(number) for number in range(100)]


def test_what_waits_for_its_turn_is_gone_with_the_connection() -> None:
    talk = Talk()
    for number in range(60):
        Reader(talk, "price", name=str(number))
    talk.open()
    talk.flush()
    talk.lose()
    talk.sent.clear()
    talk.open()
    talk.wait(2)
    assert [sent["payload"]["name"] for sent in talk.all_sent()] == [str(number) for number in range(60)]


def test_a_request_that_no_server_would_read_is_refused_here() -> None:
    talk = Talk()
    with pytest.raises(ValueError, match="too large"):
        talk.protocol.add("price", Named(name="ä" * 33_000), Reader(talk, "price").feed, talk.now)


def test_resumes_when_an_update_does_not_follow_the_last() -> None:
    talk, reader = live_lines()
    talk.update("later", 12, 11)
    assert (talk.recovers(), reader.feed.current) == ([None, FROM_7], False)
    talk.update("while resuming", 13, 12)
    talk.confirm(epoch="e1", offset=7, recovered=True, snapshot=[])
    assert reader.feed.current
    for text, offset, prev in (("missed", 11, 7), ("later", 12, 11), ("last", 13, 12)):
        talk.update(text, offset, prev)
    assert reader.read() == [["a", "b"], "missed", "later", "last"]
    assert len(talk.recovers()) == 2


def test_what_was_seen_is_dropped() -> None:
    talk, reader = live_lines()
    for _ in range(2):
        talk.update("c", 8, 7)
    talk.update("old", 3, 2)
    assert reader.read() == [["a", "b"], "c"]
    assert talk.recovers() == [None]


def test_the_heartbeat_tells_who_is_behind() -> None:
    talk, _ = live_lines()
    talk.hear("ping", {"serverTime": 1, "offsets": {LINES: 7, "unknown": 99}})
    assert talk.recovers() == [None]
    talk.hear("ping", {"serverTime": 2, "offsets": {LINES: 8}})
    talk.hear("ping", {"serverTime": 3, "offsets": {LINES: 8}})
    assert talk.recovers() == [None, FROM_7]
    assert [sent["payload"]["serverTime"] for sent in talk.all_sent("pong")] == [1, 2, 3]


def test_a_lost_connection_resumes_where_each_reader_is() -> None:
    talk, reader = live_lines()
    price = Reader(talk, "price")
    talk.confirm(PRICE, snapshot=[1])
    talk.update("c", 8, 7)
    talk.lose()
    assert not reader.feed.current
    assert not price.feed.current
    talk.sent.clear()
    talk.open()
    assert talk.recovers() == [{"epoch": "e1", "offset": 8}, None]
    price_id = talk.last_id()
    ok = {"status": "ok", "message": ""}
    talk.hear("price.subscribe.response", {**ok, "topic": PRICE, "snapshot": [2]}, price_id)
    reply = {**ok, "topic": LINES, "epoch": "e1", "offset": 8, "recovered": True, "snapshot": []}
    talk.hear("lines.subscribe.response", reply, str(int(price_id) - 1))
    talk.update("missed", 9, 8)
    assert reader.read() == [["a", "b"], "c", "missed"]
    assert price.read() == [[2]]


def test_a_journal_that_began_anew_sends_its_state() -> None:
    talk, reader = live_lines()
    talk.lose()
    talk.open()
    talk.confirm(epoch="e2", offset=2, recovered=False, snapshot=["new"])
    talk.update("next", 3, 2)
    assert reader.read() == [["a", "b"], ["new"], "next"]


def test_a_recovery_that_is_not_granted_brings_the_state() -> None:
    talk, reader = live_lines()
    talk.lose()
    talk.open()
    talk.confirm(epoch="e1", offset=3, recovered=False, snapshot=["a"])
    talk.update("again", 4, 3)
    assert reader.read() == [["a", "b"], ["a"], "again"]


def test_a_late_reader_costs_the_others_nothing() -> None:
    talk, early = live_lines()
    late = Reader(talk, "lines")
    assert talk.recovers() == [None, None]
    talk.confirm(epoch="e1", offset=9, snapshot=["x", "y"])
    assert talk.recovers() == [None, None, FROM_7]
    talk.update("c", 10, 9)
    talk.confirm(epoch="e1", offset=7, recovered=True, snapshot=[])
    for text, offset, prev in (("missed", 9, 7), ("c", 10, 9), ("d", 11, 10)):
        talk.update(text, offset, prev)
    assert early.read() == [["a", "b"], "missed", "c", "d"]
    assert late.read() == [["x", "y"], "c", "d"]


def test_a_late_reader_of_a_quiet_journal_is_answered_at_once() -> None:
    talk, early = live_lines()
    late = Reader(talk, "lines")
    talk.confirm(epoch="e1", offset=7, snapshot=["a", "b"])
    assert talk.recovers() == [None, None]
    assert (early.read(), late.read()) == ([["a", "b"]], [["a", "b"]])
    assert early.feed.current


def test_a_journal_found_anew_by_a_late_reader_is_new_to_all() -> None:
    talk, early = live_lines()
    late = Reader(talk, "lines")
    talk.confirm(epoch="e2", offset=1, snapshot=["z"])
    talk.update("c", 2, 1)
    assert (early.read(), late.read()) == ([["a", "b"], ["z"], "c"], [["z"], "c"])


def test_a_slow_reader_of_newest_values_gets_the_newest() -> None:
    talk = Talk()
    slow = Reader(talk, "price")
    talk.open()
    talk.confirm(PRICE, snapshot=[0])
    for value in range(1, 1_001):
        talk.update(value)
    assert not talk.protocol.crowded
    seen = slow.read()
    assert seen[0] == [0]
    assert seen[-1] == 1_000
    assert len(seen) <= MOST_OF_LATEST + 1
    for value in range(2 * MOST_OF_LATEST + 3):
        talk.update(value)
    skipped = slow.skipped()
    assert sum(skipped) + len(skipped) == 2 * MOST_OF_LATEST + 3
    talk.lose()
    talk.open()
    talk.confirm(PRICE, snapshot=["now"])
    assert slow.read() == [["now"]]


def test_a_full_reader_of_a_journal_recovers_what_it_could_not_take() -> None:
    talk, slow = live_lines()
    quick = Reader(talk, "lines")
    talk.confirm(epoch="e1", offset=7, snapshot=[])
    last = 7 + 2 * MOST_WAITING
    seen = []
    for offset in range(8, last + 1):
        talk.update(offset, offset, offset - 1)
        seen += quick.read()
        assert talk.protocol.crowded == (offset == 7 + MOST_WAITING - 1)
    assert seen == [[], *range(8, last + 1)]
    assert not slow.feed.current
    assert slow.read(MOST_WAITING - 1) == [["a", "b"], *range(8, 6 + MOST_WAITING)]
    assert talk.recovers() == [None, None]
    talk.hear("ping", {"serverTime": 1, "offsets": {LINES: last}})
    assert talk.recovers() == [None, None]
    assert slow.read() == [6 + MOST_WAITING]
    assert talk.recovers()[2:] == [{"epoch": "e1", "offset": 6 + MOST_WAITING}]
    talk.confirm(epoch="e1", offset=6 + MOST_WAITING, recovered=True, snapshot=[])
    for offset in range(7 + MOST_WAITING, last + 1):
        talk.update(offset, offset, offset - 1)
        seen = slow.read()
        assert seen == [offset]
    assert (slow.feed.current, quick.read()) == (True, [])


def test_a_full_reader_takes_no_update_of_a_journal_that_it_does_not_know() -> None:
    talk, slow = live_lines()
    for offset in range(8, 8 + MOST_WAITING):
        talk.update(offset, offset, offset - 1)
    last = 6 + MOST_WAITING
    talk.lose()
    talk.open()
    quick = Reader(talk, "lines")
    talk.confirm(epoch="e2", offset=last, snapshot=["new"])
    assert slow.read() == [["a", "b"], *range(8, last + 1)]
    talk.update("of e2", last + 1, last)
    assert slow.read() == []
    assert talk.recovers()[-1] == {"epoch": "e1", "offset": last}
    talk.confirm(epoch="e2", offset=last + 1, recovered=False, snapshot=["new", "of e2"])
    assert slow.read() == [["new", "of e2"]]
    assert quick.read() == [["new"], "of e2"]


def test_a_recovery_that_another_is_not_granted_brings_no_state_to_who_knows_it() -> None:
    talk, slow = live_lines()
    for offset in range(8, 8 + MOST_WAITING):
        talk.update(offset, offset, offset - 1)
    talk.lose()
    talk.open()
    other = Reader(talk, "lines")
    talk.confirm(epoch="e2", offset=1, snapshot=["new"])
    assert slow.read()[-1] == 6 + MOST_WAITING
    assert talk.recovers()[-1]["epoch"] == "e1"
    talk.update("c", 3, 2)
    talk.confirm(epoch="e2", offset=3, recovered=False, snapshot=["new", "b", "c"])
    assert talk.recovers()[-1] == {"epoch": "e2", "offset": 1}
    talk.confirm(epoch="e2", offset=1, recovered=True, snapshot=[])
    talk.update("b", 2, 1)
    talk.update("c", 3, 2)
    assert slow.read() == [["new", "b", "c"]]
    assert other.read() == [["new"], "b", "c"]


def test_a_full_reader_of_every_value_gets_the_state_again() -> None:
    talk = Talk()
    slow = Reader(talk, "price", every=True)
    talk.open()
    talk.confirm(PRICE, snapshot=[0])
    for value in range(1, 2 * MOST_WAITING):
        talk.update(value)
    assert not slow.feed.current
    assert slow.read() == [[0], *range(1, MOST_WAITING)]
    talk.update("not yet")
    talk.confirm(PRICE, snapshot=["now"])
    talk.update("then")
    assert slow.read() == [["now"], "then"]


def test_recoveries_that_bring_nothing_end_the_connection() -> None:
    talk, reader = live_lines()
    for _ in range(MOST_FRUITLESS):
        talk.update("later", 12, 11)
        talk.confirm(epoch="e1", offset=7, recovered=True, snapshot=[])
    with pytest.raises(ConnectionBroken, match="missing"):
        talk.update("later", 12, 11)
    talk.lose()
    talk.open()
    talk.confirm(epoch="e1", offset=7, recovered=True, snapshot=[])
    talk.update("missed", 11, 7)
    talk.update("later", 12, 11)
    assert reader.read() == [["a", "b"], "missed", "later"]


def test_30_seconds_of_silence_are_the_end_also_before_the_opening() -> None:
    talk, _ = live_lines()
    talk.wait(29)
    with pytest.raises(ConnectionBroken, match="30 seconds"):
        talk.wait(1)
    talk.lose()
    talk.protocol.connecting(talk.now)
    talk.wait(29)
    with pytest.raises(ConnectionBroken):
        talk.wait(1)


def test_a_subscription_without_an_answer_is_the_end_unless_others_are_answered() -> None:
    talk = Talk()
    Reader(talk, "lines")
    Reader(talk, "price")
    talk.open()
    talk.wait(6)
    talk.confirm(PRICE, snapshot=[])
    talk.wait(9)
    with pytest.raises(ConnectionBroken, match="answer"):
        talk.wait(1)


def test_who_has_nothing_to_say_pings() -> None:
    talk, _ = live_lines()
    for offset in range(8, 8 + 49):
        talk.wait(1)
        talk.update("x", offset, offset - 1)
    assert len(talk.all_sent("ping")) == 1
    talk.wait(1)
    assert len(talk.all_sent("ping")) == 2


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "not json",
        "[" * 100_000,
        "[]",
        "1",
        "null",
        "NaN",
        '"text"',
        "{}",
        '{"type": 1}',
        '{"type": "lines.update"}',
        '{"type": "lines.update", "payload": []}',
        '{"type": "lines.update", "payload": {"topic": 1}}',
        '{"type": "lines.update", "payload": {"topic": "lines:{}", "payload": 1}}',
        '{"type": "ping"}',
        '{"type": "ping", "payload": {"offsets": [1]}}',
        '{"type": "ping", "payload": {"offsets": {"lines:{\\"name\\":\\"a\\"}": "99"}}}',
        '{"type": "ping", "payload": {"offsets": {"lines:{\\"name\\":\\"a\\"}": true}}}',
        '{"type": "pong", "payload": 1}',
        '{"type": "error"}',
        '{"type": "server.notice", "payload": {"code": "of-tomorrow", "message": ""}}',
        '{"type": "lines.party", "payload": {"topic": "x"}}',
        '{"type": "lines.subscribe.response", "payload": {"status": "ok"}}',
        '{"type": "lines.subscribe.response", "id": 1, "payload": {"status": "ok"}}',
        b"\x00\xff",
    ],
    ids=lambda frame: str(frame)[:40],
)
def test_survives_what_is_not_of_the_protocol(frame: str | bytes) -> None:
    talk, reader = live_lines()
    talk.hear_text(frame)
    talk.update("c", 8, 7)
    assert reader.read() == [["a", "b"], "c"]
    assert talk.recovers() == [None]


def test_tolerates_additions_of_a_newer_server() -> None:
    talk = Talk()
    reader = Reader(talk, "lines")
    talk.open()
    talk.confirm(epoch="e1", offset=1, snapshot=[], mood="good")
    talk.hear("lines.update", {"topic": LINES, "payload": "c", "offset": 2, "prev": 1, "mood": "good"})
    talk.hear_text(json.dumps({"type": "ping", "payload": {"offsets": {LINES: 2}, "mood": 1}, "mood": 2}))
    assert reader.read() == [[], "c"]
    assert len(talk.recovers()) == 1


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        (None, "the answer"),
        ({"topic": 3}, "the answer"),
        ({"status": "maybe"}, "the answer"),
        ({"topic": 'lines:{"name":"b"}'}, 'lines:{"name":"b"}'),
        ({"snapshot": None}, "snapshot"),
        ({"snapshot": {}}, "the answer"),
        ({"epoch": None}, "epoch"),
        ({"offset": None}, "offset"),
        ({"offset": "seven"}, "the answer"),
        ({"recovered": True}, "recovered"),
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_ends_the_topic(reply: dict[str, object] | None, named: str) -> None:
    talk = Talk()
    reader = Reader(talk, "lines")
    talk.open()
    good = {"status": "ok", "message": "", "topic": LINES, "epoch": "e1", "offset": 7, "snapshot": []}
    body = None if reply is None else {**good, **reply}
    talk.hear("lines.subscribe.response", body, talk.last_id())
    assert isinstance(reader.feed.failure, AnswerInvalid)
    assert LINES in reader.feed.failure.detail
    assert named in reader.feed.failure.detail
    assert reader.read() == []
    assert len(talk.all_sent(".unsubscribe")) == 1
    assert not talk.protocol.wanted


@pytest.mark.parametrize(
    "update",
    [{"offset": "8"}, {"offset": 8.5}, {"offset": None}, {"prev": None}, {"prev": []}],
    ids=str,
)
def test_an_update_without_its_place_ends_the_topic(update: dict[str, object]) -> None:
    talk, reader = live_lines()
    talk.hear("lines.update", {"topic": LINES, "payload": "c", "offset": 8, "prev": 7, **update})
    assert reader.read() == [["a", "b"]]
    assert isinstance(reader.feed.failure, AnswerInvalid)
    assert len(talk.all_sent(".unsubscribe")) == 1


def test_readers_are_told_of_every_change() -> None:
    talk, reader = live_lines()
    assert reader.changes == 1
    talk.update("c", 8, 7)
    talk.update("c", 8, 7)
    assert reader.changes == 2
    talk.protocol.close()
    assert (reader.changes, reader.feed.closed, reader.read()) == (3, True, [])
    assert not talk.protocol.wanted
