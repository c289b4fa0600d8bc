"""Where a replay stopped, kept in a file so that it can go on from there."""

import json
import os
from pathlib import Path

from trading_api.shared.errors import StartupError


class PositionFile:
    """`clock.json`: the moment up to which the market has been played. Written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> int | None:
        """The moment in ms UTC, or None if there is none yet; raises StartupError for anything else."""
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            position = content["time"]
            if isinstance(position, bool) or not isinstance(position, int) or not 0 <= position < 2**53:
                raise ValueError(f"time is {position!r}")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StartupError(
                f"{self._path} does not say where the replay stopped ({error}); delete it to begin again."
            ) from error
        return position

    def write(self, position: int) -> None:
        """Keep `position`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".tmp")
        draft.write_text(json.dumps({"time": position}) + "\n", encoding="utf-8")
        os.replace(draft, self._path)
