"""Measures the site against a bare Django project on made chronicles of any size: ``python -m tests.bench``.

``databases`` builds the chronicles and keeps them, ``looking`` says which addresses are asked and counts
their queries, ``servers`` runs gunicorn, ``gauges`` reads what a process has used, ``site`` runs the rounds
and ``table`` shows what came of them; ``uploads`` sends hostile files to a server that people read. No test
asserts how long any of it takes: only ratios of one run mean anything.
"""
