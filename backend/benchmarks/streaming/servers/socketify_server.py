"""socketify, which is uWebSockets: its topics and its `publish`, without compression."""

import json
from collections.abc import Sequence
from typing import Any

# The peers are installed in an environment of their own.
from socketify import App, AppListenOptions, CompressOptions, OpCode  # type: ignore[import-not-found]

from benchmarks.streaming.pace import keep_pace
from benchmarks.streaming.ticks import Tick, subscribed_text, symbol, topic_name, update_text

MOST_WAITING = 16 * 1024 * 1024


def main() -> None:
    """Serve until killed."""
    app = App()

    def on_message(socket: Any, text: str, _: int) -> None:
        message = json.loads(text)
        if message["type"] == "ticks.subscribe":
            socket.subscribe(topic_name(message["payload"]["symbol"]))
            socket.send(subscribed_text(), OpCode.TEXT)

    async def publish(turn: Sequence[Tick]) -> None:
        for tick in turn:
            app.publish(topic_name(symbol(tick.topic)), update_text(tick), OpCode.TEXT)

    app.ws(
        "/ws",
        {
            "compression": CompressOptions.DISABLED,
            "max_backpressure": MOST_WAITING,
            "idle_timeout": 0,
            "message": on_message,
        },
    )
    app.listen(
        AppListenOptions(port=0, host="127.0.0.1"), lambda config: print(f"ready {config.port}", flush=True)
    )
    app.loop.loop.call_soon(lambda: app.loop.create_task(keep_pace(publish)))
    app.run()


if __name__ == "__main__":
    main()
