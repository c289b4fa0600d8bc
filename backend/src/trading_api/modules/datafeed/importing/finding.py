"""Which files a path that is to be imported stands for."""

from collections.abc import Sequence
from pathlib import Path

from trading_api.modules.datafeed.importing.imported import ImportProblem


def files_below(path: Path, suffixes: Sequence[str]) -> list[Path]:
    """`path` itself if it is a file, or else the files with these endings below it, in order of their names.

    Raises ImportProblem for a path that is not there, and for a folder without such files.
    """
    if path.is_dir():
        found = [
            one for one in path.rglob("*") if one.name.lower().endswith(tuple(suffixes)) and one.is_file()
        ]
        if not found:
            raise ImportProblem(path, None, f"is a folder without files that end in {', '.join(suffixes)}")
        return sorted(found)
    if not path.is_file():
        raise ImportProblem(path, None, "is no file" if path.exists() else "does not exist")
    return [path]
