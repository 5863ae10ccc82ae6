"""Django, set up as the environment says; imported before any model."""

import django

django.setup()
