"""The live market, on the local exchange, under the suite that every provider has to pass."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from trading_api.modules.datafeed.conformance.suite import ProviderConformance, Subject
from trading_api.modules.datafeed.tests.live.exchange_server import ExchangeServer
from trading_api.modules.datafeed.tests.live.following import STREAMS, Following, bitcoin, recording

BEFORE = 8


class TestLive(ProviderConformance):
    @pytest.fixture
    async def subject(self, recordings: Path, tmp_path: Path) -> AsyncIterator[Subject]:
        messages = recording(recordings)
        async with ExchangeServer([bitcoin()]) as server:
            for message in messages[:BEFORE]:
                server.know(message)
            live = Following(server, tmp_path, now=messages[3]["data"]["T"])

            async def stimulate() -> None:
                await server.subscribed(*STREAMS)
                await live.play(messages[BEFORE:12_000])

            yield Subject(live.provider, stimulate, ticks=2_000)
