"""Every setting of the server, with its environment variable, meaning and default."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from `TRADING_<NAME>` in the environment; a value given in code outranks it."""

    model_config = SettingsConfigDict(
        env_prefix="TRADING_", populate_by_name=True, frozen=True, extra="ignore"
    )

    host: str = Field(default="127.0.0.1", description="Address to listen on; loopback only without logins.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    data_dir: Path = Field(
        default=Path("var"), description="Where accounts, positions of a replay and imported data are kept."
    )
    market: str = Field(
        default="simulated",
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="`simulated`, `replay` of recorded markets, `stored`: history of imported data, `live`"
        " exchanges, or the name of an installed provider.",
    )
    calendar_file: Path | None = Field(
        default=None, description="JSON file of own trading hours, by calendar, symbol or EXCHANGE:SYMBOL."
    )
    market_data: Path | None = Field(default=None, description="Folder of recordings for the replay.")
    replay_start: datetime | None = Field(
        default=None,
        description="Market time at which a replay starts; default: where it stopped, or the first.",
    )
    replay_speed: Decimal = Field(
        default=Decimal(1),
        ge=0,
        le=1000,
        description="Market seconds per second; 0: as fast as it can be played.",
    )
    replay_paused: bool = Field(default=False, description="Start a replay paused.")
    stale_seconds: float | None = Field(
        default=None,
        gt=0,
        le=86_400,
        allow_inf_nan=False,
        description="Silence within a session after which a symbol counts as stale; default: 10 s of a"
        " simulated market, 30 s of a live one, 60 s of a delayed one, 5 min of a replay.",
    )
    live: str = Field(
        default="",
        description="Exchanges of a live market by their names in ccxt, and what of each is followed at all"
        " times and can be traded: `binance:BTC/USDT,ETH/USDT;kraken:BTC/USD`. Without symbols all that an"
        " exchange has is listed, and followed while somebody looks at it.",
    )
    live_options: str = Field(
        default="",
        description="ccxt's own settings, as a JSON object with one object an exchange:"
        ' `{"okx": {"hostname": "my.okx.com"}}`.',
    )
    live_record_bars: bool = Field(default=True, description="Keep the bars of a live market in the store.")
    live_record_ticks: bool = Field(
        default=False, description="Keep the trades and quotes of a live market in the store."
    )
    simulated_seed: int = Field(
        default=1, ge=0, lt=2**63, description="Chooses the simulated market's prices."
    )
    enabled_modules: str = Field(
        default="all",
        validation_alias="ENABLED_MODULES",
        description="`all`, or names with commas; core always.",
    )
    module_urls: str = Field(
        default="",
        description="Where modules are that run elsewhere: `datafeed=http://127.0.0.1:8001`, with commas;"
        " a URL with a path is the module's own base.",
    )
    terminal_dir: Path | None = Field(
        default=None, description="The built terminal; default: of this checkout."
    )
    allowed_hosts: str = Field(
        default="localhost,127.0.0.1,[::1]", description="Host names that requests may use, with commas."
    )
    ws_topics: int = Field(default=256, ge=1, description="Topics that a connection may hold.")
    ws_frame_bytes: int = Field(
        default=64 * 1024, ge=1024, le=16 * 1024 * 1024, description="Bytes of a message from a client."
    )
    ws_messages_per_second: int = Field(
        default=100, ge=1, description="Messages a second from a client; as many may come at once."
    )
    ws_waiting_bytes: int = Field(
        default=1024 * 1024,
        ge=128 * 1024,
        description="Bytes that may wait for a client that does not read; one with more is closed (4408).",
    )
    ws_connections: int = Field(
        default=10_000,
        ge=1,
        description="Streaming connections of this process; further ones are closed (4429).",
    )
    ws_bad_messages_per_minute: int = Field(
        default=20, ge=1, description="So many unreadable messages within a minute close a connection (4507)."
    )
    ws_life_seconds: float = Field(
        default=3600,
        ge=1,
        allow_inf_nan=False,
        description="Age at which a connection is closed (4401), give or take a tenth.",
    )
    ws_drain_seconds: float = Field(
        default=5,
        ge=0,
        le=600,
        allow_inf_nan=False,
        description="Longest time over which clients are sent away (4410) when the server stops;"
        " 0 closes all at once (1001).",
    )

    debug_endpoints: bool = Field(
        default=False, description="Whether routes exist that are for debugging only."
    )

    @field_validator("module_urls")
    @classmethod
    def _names_urls(cls, value: str) -> str:
        for entry in _entries(value):
            name, _, url = entry.partition("=")
            parts = urlsplit(url)
            if not name or parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError(f"'{entry}' is not the name of a module, = and its URL")
        return value

    @property
    def modules_elsewhere(self) -> dict[str, str]:
        """URLs of the modules that do not run in this process, by name."""
        pairs = (entry.partition("=") for entry in _entries(self.module_urls))
        return {name: url.rstrip("/") for name, _, url in pairs}

    @property
    def market_dir(self) -> Path:
        """Where this market's state is kept; accounts of different markets never mix."""
        return self.data_dir / self.market

    @property
    def store_dir(self) -> Path:
        """The bars store, which all markets share."""
        return self.data_dir / "store"

    @property
    def calendar_dir(self) -> Path:
        """Where computed calendars are kept."""
        return self.data_dir / "calendars"

    @property
    def database_url(self) -> str:
        """The database of accounts, orders and journals."""
        return f"sqlite+aiosqlite:///{self.market_dir / 'trading.db'}"


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",") if entry.strip()]
