"""Which calendars and which time zones this process reckons with."""

import zoneinfo
from importlib import metadata
from pathlib import Path

VERSION_LINE = "# version "


def calendars_version() -> str:
    """Version of the exchange calendars."""
    return metadata.version("exchange_calendars")


def time_zones_version() -> str:
    """Version of the data that `zoneinfo` reads: the system's where there is one, else the package's."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "Etc" / "UTC").is_file():
            return _system_version(folder) or "unknown"
    return metadata.version("tzdata")


def _system_version(folder: Path) -> str | None:
    try:
        with (folder / "tzdata.zi").open(encoding="utf-8") as lines:
            line = lines.readline(100).strip()
    except OSError:
        return None
    return line.removeprefix(VERSION_LINE) if line.startswith(VERSION_LINE) else None
