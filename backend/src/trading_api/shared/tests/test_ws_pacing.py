"""At most so many updates a second, the newest in the end, on a clock that the test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from trading_api.shared.tests.standing_loop import StandingLoop
from trading_api.shared.tests.wired_connection import text_frame
from trading_api.shared.ws.frames import Frame
from trading_api.shared.ws.pacing import Pacer

INTERVAL = 0.25


class Paced:
    """A pacer; what it lets pass is noted with the time."""

    def __init__(self, loop: StandingLoop) -> None:
        self.loop = loop
        self.sent: list[tuple[float, int]] = []
        self.pacer = loop.run_until_complete(self._made())
        self._count = 0

    @property
    def numbers(self) -> list[int]:
        """Which of the frames have left."""
        return [number for _, number in self.sent]

    def send(self, count: int = 1) -> None:
        """Give the pacer so many frames, numbered from 1 on."""
        for _ in range(count):
            self._count += 1
            self.pacer.send(text_frame(str(self._count)))

    async def _made(self) -> Pacer:
        return Pacer(self._note, INTERVAL)

    def _note(self, frame: Frame) -> None:
        self.sent.append((self.loop.time(), int(frame.text)))


@contextmanager
def paced() -> Iterator[Paced]:
    """On a loop of its own, on which nothing is left."""
    loop = StandingLoop()
    try:
        yield Paced(loop)
        assert loop.timers == []
    finally:
        loop.close()


def test_the_first_passes_at_once_and_the_newest_when_it_is_time() -> None:
    with paced() as it:
        it.send(3)
        assert it.numbers == [1]
        it.loop.pass_time(INTERVAL / 2)
        it.send()
        assert it.numbers == [1]
        it.loop.pass_time(INTERVAL / 2)
        assert it.numbers == [1, 4]
        it.loop.pass_time(INTERVAL * 5)
        assert it.numbers == [1, 4]
        it.send()
        assert it.numbers == [1, 4, 5]


def test_nothing_follows_once_it_is_stopped() -> None:
    with paced() as it:
        it.send(2)
        assert len(it.loop.timers) == 1
        it.pacer.stop()
        it.pacer.stop()
        assert it.loop.timers == []
        it.loop.pass_time(INTERVAL * 5)
        assert it.numbers == [1]


PAUSES = st.lists(
    st.tuples(st.integers(0, 5), st.floats(0, 3 * INTERVAL, allow_nan=False, allow_infinity=False)),
    max_size=50,
)


@settings(max_examples=500, deadline=None)
@given(steps=PAUSES)
@example(steps=[(2, INTERVAL), (1, INTERVAL - 1e-9), (1, 2e-9), (1, 0.0)])
def test_never_two_closer_than_the_interval_and_the_newest_in_the_end(steps: list[tuple[int, float]]) -> None:
    with paced() as it:
        for count, pause in steps:
            it.send(count)
            assert len(it.loop.timers) <= 1
            it.loop.pass_time(pause)
        it.loop.pass_time(INTERVAL)
        times = [time for time, _ in it.sent]
        assert all(late - early >= INTERVAL - 1e-6 for early, late in pairwise(times))
        assert it.numbers == sorted(set(it.numbers))
        sent = sum(count for count, _ in steps)
        assert it.numbers[-1:] == [sent][: min(sent, 1)]
