"""What can be wrong with the store."""

from pathlib import Path


class StoreProblem(Exception):
    """Something in the store is not as it was written, or cannot be written; one sentence that names it."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}.")
        self.path = path
        self.what = what


class NameProblem(ValueError):
    """A name that cannot be one of an exchange or a ticker."""
