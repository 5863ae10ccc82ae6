"""Measures the site against a bare Django project on made chronicles of any size: ``python -m tests.bench``.

``databases`` builds the chronicles and keeps them, ``looking`` says which addresses are asked and counts
their queries, ``servers`` runs gunicorn, ``gauges`` reads what a process has used, ``site`` runs the rounds
and ``table`` shows what came of them. No test asserts any of it: only ratios of one run mean anything.
"""
