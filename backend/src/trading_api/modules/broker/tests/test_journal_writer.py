"""The writer: appends that wait together share a transaction, and a failure hurts only its own."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from trading_api.modules.broker.engine import AccountState, drafted, fold
from trading_api.modules.broker.journal_chain import next_hash
from trading_api.modules.broker.ledger import Opening
from trading_api.modules.broker.repository import writer as journal_writer
from trading_api.modules.broker.repository.batch import Append
from trading_api.modules.broker.repository.tables import AccountKey
from trading_api.modules.broker.safe_retries import Answer, Attempt
from trading_api.modules.broker.tests.engine_cases import BUY, Desk, order
from trading_api.modules.broker.tests.journal_cases import Journal, opened_repository


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    async with opened_repository(tmp_path) as opened:
        yield opened


def opening(account_id: str) -> Append:
    """An account's first event."""
    empty = AccountState(account_id, "epoch")
    events = Opening().events(empty, 1)
    return Append(AccountKey(account_id, "epoch"), 0, events, fold(empty, events))


def following(before: Append, *, attempt: Attempt | None = None, answer: str = "") -> Append:
    """An append that rests on one that may not be written yet: an order is placed."""
    assert before.after is not None
    desk = Desk()
    draft = drafted(before.after, order(BUY, "1", "9.00"), desk.instruments, desk.market)
    answered = Answer(answer)
    return Append(
        before.key, before.after.offset, draft.events, draft.state, attempt, answered, follows=before
    )


async def written(journal: Journal, appends: Sequence[Append]) -> list[str | None]:
    """Hand all over at once; the name of what each failed with."""
    outcomes = await asyncio.gather(*map(journal.writer.append, appends), return_exceptions=True)
    return [None if outcome is None else type(outcome).__name__ for outcome in outcomes]


async def test_what_waits_together_shares_transactions(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    write = journal_writer._failure_of

    def noting(engine: object, appends: Sequence[Append]) -> Exception | None:
        sizes.append(len(appends))
        return write(engine, appends)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(journal_writer, "_failure_of", noting)
    appends = [opening(f"A{number}") for number in range(100)]
    assert await written(journal, appends) == [None] * 100
    assert (sum(sizes), len(sizes) < 10) == (100, True)
    assert len(await journal.account_keys()) == 100


async def test_a_conflict_hurts_only_its_own_and_what_rests_on_it(journal: Journal) -> None:
    first, other, last = opening("A"), opening("B"), opening("C")
    wrong = replace(following(other), expected_offset=7, follows=None)
    assert await written(journal, [first, other, wrong, following(wrong), last, following(first)]) == [
        None,
        None,
        "JournalConflict",
        "JournalConflict",
        None,
        None,
    ]
    assert [len(await journal.events(key)) for key in await journal.account_keys()] == [2, 1, 1]


async def test_what_rests_on_a_failed_append_is_not_written_though_its_offset_fits(
    journal: Journal,
) -> None:
    first = opening("A")
    await written(journal, [first])
    mine = following(first)
    assert await written(journal, [following(first), mine, following(mine)]) == [
        None,
        "JournalConflict",
        "JournalConflict",
    ]
    assert len(await journal.events(first.key)) == 2


async def test_a_key_that_is_kept_already_is_a_conflict_of_its_own(journal: Journal) -> None:
    attempt = Attempt.of("key", "place", {}, now=1)
    first, other = opening("A"), opening("B")
    await written(journal, [first, other])
    one = following(first, attempt=attempt, answer="one")
    two = following(one, attempt=attempt, answer="two")
    three = following(other, attempt=attempt, answer="three")
    assert await written(journal, [one, two, three]) == [None, "JournalConflict", None]
    assert attempt is not None
    kept = [await journal.kept_answer(account, attempt) for account in "AB"]
    assert [each and each.answer.body for each in kept] == ["one", "three"]


async def test_a_database_that_cannot_be_written_is_unavailable_until_it_can(
    tmp_path: Path, journal: Journal
) -> None:
    first = opening("A")
    with closing(sqlite3.connect(tmp_path / "trading.db")) as direct:
        direct.execute("ALTER TABLE accounts RENAME TO lost")
        assert await written(journal, [first, following(first)]) == ["StorageUnavailable"] * 2
        direct.execute("ALTER TABLE lost RENAME TO accounts")
    first = opening("A")
    assert await written(journal, [first, following(first)]) == [None, None]


async def test_each_hash_is_of_the_event_and_the_hash_before(journal: Journal) -> None:
    first = opening("A")
    await written(journal, [first, following(first)])
    entries = await journal.journal(first.key, after=0, limit=10)
    last = ""
    for entry in entries:
        last = next_hash(last, first.key.columns | asdict(entry))
        assert entry.hash == last
    assert [entry.order_id for entry in entries] == [None, "O2"]
    assert await journal.journal(first.key, after=0, limit=1) == entries[:1]
    assert await journal.journal(first.key, after=1, limit=9, order_id="O2") == entries[1:]
    assert [event.offset for event in await journal.order_events(first.key, "O2")] == [2]


async def test_what_is_handed_over_before_the_end_is_written(tmp_path: Path) -> None:
    async with opened_repository(tmp_path) as journal:
        told: list[Exception | None] = []
        for number in range(50):
            journal.writer.submit(opening(f"A{number}"), told.append)
    async with opened_repository(tmp_path) as journal:
        assert len(await journal.account_keys()) == 50
