"""The sample chronicle that ``manage.py demo`` builds, through the verbs of the desk."""
