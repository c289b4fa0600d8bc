"""Publishing as the load asks for it, the same in every server.

Only the standard library: servers of any environment import it.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks.streaming.control import Control, Mode
from benchmarks.streaming.ticks import STAMP_BASE, Tick, now

Publish = Callable[[Sequence[Tick]], Awaitable[None]]
"""Publishes what is due in one turn of the event loop."""

IDLE_SECONDS, BLOCKED_SECONDS = 0.005, 0.001
MILLISECOND = 1_000_000


async def keep_pace(publish: Publish) -> None:
    """Publish until cancelled what the control page of this process asks for."""
    control = Control(Path(os.environ["BENCH_CONTROL"]))
    topics = int(os.environ["BENCH_TOPICS"])
    while True:
        if control.mode is Mode.SATURATE:
            await _saturate(control, topics, int(os.environ["BENCH_BURST"]), publish)
        elif control.mode is Mode.PACED:
            await _keep_rate(control, topics, publish)
        await asyncio.sleep(IDLE_SECONDS)


async def _saturate(control: Control, topics: int, burst: int, publish: Publish) -> None:
    """So many rounds a turn, unless too many are under way."""
    while control.mode is Mode.SATURATE:
        rounds = min(control.goal, control.acked + control.window) - control.published
        if rounds <= 0:
            since = time.monotonic_ns()
            await asyncio.sleep(BLOCKED_SECONDS)
            control.blocked += time.monotonic_ns() - since
            continue
        stamp, first = now(), control.published + 1
        last = first + min(rounds, burst) - 1
        turn = [Tick(topic, at, stamp) for at in range(first, last + 1) for topic in range(topics)]
        await publish(turn)
        control.published = last
        control.updates += len(turn)
        await asyncio.sleep(0)


async def _keep_rate(control: Control, topics: int, publish: Publish) -> None:
    """What is due each millisecond, stamped with that millisecond however late it is published."""
    rate, begun, before, sent = control.rate, time.monotonic_ns(), control.published, 0
    last = (control.goal - before) * topics
    while control.mode is Mode.PACED and sent < last:
        elapsed = (time.monotonic_ns() - begun) // MILLISECOND
        due = min(elapsed * rate // 1000, last)
        if due > sent:
            await publish([_tick(number, topics, before, begun, rate) for number in range(sent, due)])
            control.updates += due - sent
            sent = due
            control.published = before + sent // topics
        wait = begun + (elapsed + 1) * MILLISECOND - time.monotonic_ns()
        await asyncio.sleep(max(0, wait) / 1e9)


def _tick(number: int, topics: int, before: int, begun: int, rate: int) -> Tick:
    due_ms = -(-(number + 1) * 1000 // rate)
    return Tick(number % topics, before + number // topics + 1, STAMP_BASE + begun + due_ms * MILLISECOND)
