"""The prices of a simulated instrument: integers, and the same for the same seed, symbol and time.

Each UTC day runs from one anchor to the next. The anchors are a walk that is drawn back to the base
price, counted from 2025-01-01; within a day 86,400 prints, one a second, form a bridge between two of
them. All randomness is the raw output of numpy's Philox generator, whose stream is guaranteed not to
change, under a key that is a hash of seed, symbol and purpose; all arithmetic is integer arithmetic.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.bars.resolution import DAY_MS
from trading_api.modules.datafeed.providers.simulated.catalogue import SimulatedInstrument

FIRST_DAY = 20_089
"""2025-01-01, in days since 1970: history begins here."""
SECONDS = 86_400
ONE = 1_000_000_000
"""Deviations from the base price are counted in parts per this."""
LOWEST, HIGHEST = -600_000_000, 1_500_000_000
REVERSION = 128
"""The walk loses this fraction of its distance from the base price every day."""
_ANCHOR_BLOCK = 512
_BYTES_MEAN, _DAY_DEVIATION = 510, 43_445
"""Mean of a sum of four bytes, and standard deviation of 86,400 such sums together."""
_WORD_DEVIATION = 37_837
"""Standard deviation of a sum of four 16-bit words."""


@dataclass(frozen=True, slots=True)
class DayTape:
    """One day of one instrument, a row a second; prices in ticks, sizes in the size unit."""

    bid: npt.NDArray[np.int32]
    ask: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    """The print; for an instrument without trades, its bid."""
    size: npt.NDArray[np.int32]
    shown: npt.NDArray[np.uint8]
    """Four bits for the size at the bid, four for that at the ask."""

    def columns(self, count: int) -> tuple[IntArray, IntArray]:
        """Prices and sizes of the first `count` prints."""
        return self.last[:count].astype(np.int64), self.size[:count].astype(np.int64)


def generator(seed: int, *purpose: str | int) -> np.random.Philox:
    """A stream of raw numbers that belongs to `purpose` alone."""
    text = ":".join(str(part) for part in (seed, *purpose))
    return np.random.Philox(key=int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big"))


def day_tape(seed: int, spec: SimulatedInstrument, day: int) -> DayTape:
    """All prints of `day`, which is FIRST_DAY or later."""
    raw = generator(seed, spec.name, "day", day).random_raw(SECONDS)
    halves = raw.astype("<u8", copy=False).view("<u4")
    walk, rest = halves[0::2], halves[1::2]
    bid = _bids(seed, spec, day, walk)
    if not spec.has_quotes:
        return _calculated(bid)
    choice = _byte(rest, 0)
    ask = bid + spec.spread_ticks + ((choice >> 1) & 3) * ((spec.spread_ticks + 2) // 3)
    last = bid + (ask - bid) * (choice & 1) if spec.has_trades else bid
    size = ((_byte(rest, 1) * _byte(rest, 2) >> spec.print_shift) + 1) * spec.print_lot
    return DayTape(
        bid, ask, last, size if spec.has_trades else np.zeros_like(size), _byte(rest, 3).astype(np.uint8)
    )


def _byte(words: npt.NDArray[np.uint32], number: int) -> npt.NDArray[np.int32]:
    """Byte `number` of each word, the lowest being 0."""
    return ((words >> (8 * number)) & 0xFF).astype(np.int32)


def _byte_sums(words: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The sum of the four bytes of each word, added two at a time."""
    pairs = (words & 0x00FF00FF) + ((words >> 8) & 0x00FF00FF)
    sums: npt.NDArray[np.uint32] = (pairs & 0xFFFF) + (pairs >> 16)
    return sums


def _calculated(prices: npt.NDArray[np.int32]) -> DayTape:
    """An index: prints without a size and no quotes."""
    return DayTape(prices, prices, prices, np.zeros_like(prices), np.zeros(SECONDS, dtype=np.uint8))


def _bids(
    seed: int, spec: SimulatedInstrument, day: int, walk: npt.NDArray[np.uint32]
) -> npt.NDArray[np.int32]:
    elapsed = np.arange(1, SECONDS + 1, dtype=np.int64)
    walked = np.cumsum(_byte_sums(walk), dtype=np.int64) - _BYTES_MEAN * elapsed
    bridge = walked - walked[-1] * elapsed // SECONDS
    start, end = anchor(seed, spec, day), anchor(seed, spec, day + 1)
    deviation = (
        start + (end - start) * elapsed // SECONDS + bridge * (spec.volatility_ppm * 1_000) // _DAY_DEVIATION
    )
    bids: IntArray = spec.base_ticks * (ONE + np.clip(deviation, LOWEST, HIGHEST)) // ONE
    return bids.astype(np.int32)


def anchor(seed: int, spec: SimulatedInstrument, day: int) -> int:
    """Deviation from the base price at 00:00 UTC of `day`, in parts per ONE."""
    index = day - FIRST_DAY
    blocks = index // _ANCHOR_BLOCK + 1
    return _anchors(seed, spec.name, spec.volatility_ppm, blocks)[index]


@lru_cache(maxsize=64)
def _anchors(seed: int, name: str, volatility_ppm: int, blocks: int) -> tuple[int, ...]:
    raw = generator(seed, name, "anchors").random_raw(blocks * _ANCHOR_BLOCK)
    words = raw.astype("<u8").view("<u2").reshape(-1, 4).astype(np.int64).sum(axis=1) - 2 * 65_535
    position = 0
    walk = []
    for word in words.tolist():
        walk.append(position)
        position += word * volatility_ppm * 1_000 // _WORD_DEVIATION - position // REVERSION
        position = min(max(position, LOWEST), HIGHEST)
    return tuple(walk)


def prints_until(day: int, offset_ms: int, until: int) -> int:
    """How many prints of `day`, each `offset_ms` into its second, have happened at `until`."""
    return min(max((until - day * DAY_MS - offset_ms) // 1000 + 1, 0), SECONDS)
