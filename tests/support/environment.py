"""The environment that tests run in, set before Django reads its settings (pytest loads this first).

Nothing of the person's own settings reaches the tests but DATABASE_URL, which chooses the database.
"""

import os

for name in [name for name in os.environ if name.startswith("CHRONICLE_") and name != "CHRONICLE_NO_SKIPS"]:
    del os.environ[name]
os.environ["CHRONICLE_DEVELOPMENT"] = "true"
# Playwright keeps an event loop in the thread of the tests, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
