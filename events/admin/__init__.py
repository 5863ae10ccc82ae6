"""The desk. Empty on purpose: ``site.py`` registers everything, see the note on its SECTIONS."""
