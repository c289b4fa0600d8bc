"""The timers that somebody has left behind on the running loop."""

import asyncio


def own_timers() -> list[str]:
    """What is scheduled and not cancelled, of asyncio's own loop; a test's patience does not count."""
    scheduled: list[asyncio.TimerHandle] = getattr(asyncio.get_running_loop(), "_scheduled")  # noqa: B009
    return [repr(timer) for timer in scheduled if not timer.cancelled() and "Timeout" not in repr(timer)]
