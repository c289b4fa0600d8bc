"""How long property tests look: `TEST_EFFORT=20` makes them try twenty times as much as in every run."""

import os

EFFORT = int(os.environ.get("TEST_EFFORT", "1"))
