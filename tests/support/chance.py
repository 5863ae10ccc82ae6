"""How often random tests try, and what they begin from: a tenth of the whole and a new seed for each run.

- CHRONICLE_SOAK=1, which ``make soak`` sets, tries the whole.
- CHRONICLE_SEED=N tries again what a run tried that named the seed N.
"""

import os
import random

SOAK = os.environ.get("CHRONICLE_SOAK") == "1"
SEED = int(os.environ["CHRONICLE_SEED"])
"""Made up by tests.support.environment where nobody set it, before a second process of tests begins."""


def tries(whole: int) -> int:
    """How many of the ``whole`` number of tries this run makes."""
    return whole if SOAK else max(whole // 10, 1)


def dice(whose: str = "") -> random.Random:
    """Falls as the seed says, for each who asks from the beginning; for each who has a name otherwise."""
    return random.Random(f"{SEED} {whose}" if whose else SEED)


def said() -> str:
    """The sentence that ends a run."""
    share = "the whole" if SOAK else "a tenth"
    return f"Random tests: {share}, from CHRONICLE_SEED={SEED}."
