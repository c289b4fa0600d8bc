"""Searching many symbols fast: the texts of all that pass one pair of filters are one long text.

A hit is found by searching that text and bisecting where its symbols begin, so what is not there costs one
pass over the memory, and what is there costs no more than the hits that are asked for.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from operator import itemgetter
from typing import TypeAlias

from trading_api.modules.datafeed.providers.base import Instrument

_END, _OR = "\n", "\x1f"
_LONG = 100_000
"""A text of so many letters is not looked through for what cannot be in it."""
_Entry: TypeAlias = tuple[str, str, Instrument]
"""Folded name and ticker, folded description, and whose they are."""


class SymbolSearch:
    """Ranks instruments: name equal, name beginning with, name or ticker containing, description containing.

    Those of one rank come in the order of their names.
    """

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        passing: defaultdict[tuple[str, str], list[_Entry]] = defaultdict(list)
        for entry in sorted(map(_entry, instruments), key=itemgetter(0)):
            info = entry[2].info
            for filters in product(("", info.exchange.casefold()), ("", info.type)):
                passing[filters].append(entry)
        self._passing = {filters: _Listed(entries) for filters, entries in passing.items()}

    def lists(self, exchange: str) -> bool:
        """Whether anything is listed on the exchange of that folded name."""
        return (exchange, "") in self._passing

    def hits(self, wanted: str, exchange: str, symbol_type: str) -> Iterator[Instrument]:
        """All matches of the folded `wanted`, best first, each once; an empty filter lets everything pass."""
        listed = self._passing.get((exchange, symbol_type))
        if listed is not None and _END not in wanted and _OR not in wanted:
            yield from listed.hits(wanted)


class _Listed:
    """Instruments in the order of their names."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._names = _Texts([name for name, _, _ in entries])
        self._descriptions = _Texts([description for _, description, _ in entries])
        self._instruments = [found for _, _, found in entries]

    def hits(self, wanted: str) -> Iterator[Instrument]:
        begin, containing, described = (
            self._names.rows_beginning(wanted),
            self._names.rows_containing(wanted),
            self._descriptions.rows_containing(wanted),
        )
        seen: set[int] = set()
        for row in chain(begin, containing, described):
            if row not in seen:
                seen.add(row)
                yield self._instruments[row]


class _Texts:
    """One text after the other, without a string object for each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = _END.join(texts)
        self._starts = array("I", [0])
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)
        self._triples = _triples(self._joined) if len(self._joined) >= _LONG else None

    def at(self, row: int) -> str:
        return self._joined[self._starts[row] : self._starts[row + 1] - 1]

    def rows_beginning(self, wanted: str) -> Iterator[int]:
        """Numbers of the sorted texts that begin with `wanted`; the one that is equal comes first."""
        rows = range(len(self._starts) - 1)
        for row in rows[bisect_left(rows, wanted, key=self.at) :]:
            if not self.at(row).startswith(wanted):
                return
            yield row

    def rows_containing(self, wanted: str) -> Iterator[int]:
        """Numbers of the texts that contain `wanted`, ascending."""
        if self._triples is not None and not _triples(wanted) <= self._triples:
            return
        place = self._joined.find(wanted)
        while 0 <= place < len(self._joined):
            row = bisect_right(self._starts, place) - 1
            yield row
            place = self._joined.find(wanted, self._starts[row + 1])


def _entry(instrument: Instrument) -> _Entry:
    """The ticker stands behind the name if it is another: unlike a name, no two instruments share it."""
    name, ticker = _folded(instrument.info.name), _folded(instrument.ticker)
    both = name if name == ticker else f"{name}{_OR}{ticker}"
    return both, _folded(instrument.info.description), instrument


def _triples(text: str) -> set[str]:
    """All that three letters in a row of `text` spell: what has another triple is not in it."""
    return {text[place : place + 3] for place in range(len(text) - 2)}


def _folded(text: str) -> str:
    return text.casefold().replace(_END, " ").replace(_OR, " ")
