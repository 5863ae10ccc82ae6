"""The environment that tests run in, set before Django reads its settings (pytest loads this first).

Nothing of the person's own settings reaches the tests but DATABASE_URL, which chooses the database, and
what is for the tests alone: CHRONICLE_NO_SKIPS (running.py), CHRONICLE_SOAK, CHRONICLE_SEED (chance.py).
"""

import os
import random

FOR_TESTS = {"CHRONICLE_NO_SKIPS", "CHRONICLE_SOAK", "CHRONICLE_SEED"}

for name in [name for name in os.environ if name.startswith("CHRONICLE_") and name not in FOR_TESTS]:
    del os.environ[name]
os.environ["CHRONICLE_DEVELOPMENT"] = "true"
os.environ.setdefault("CHRONICLE_SEED", str(random.SystemRandom().randrange(10**8)))
# A page is made anew each time, so that what is counted is what it costs; what is kept has tests of its own.
os.environ["CHRONICLE_KEPT_PAGES"] = "0"
# Playwright keeps an event loop in the thread of the tests, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
