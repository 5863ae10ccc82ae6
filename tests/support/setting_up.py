"""For a program of the tests: Django set up for the database and the folder that its environment names.

Imported before any model.
"""

import django
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()
