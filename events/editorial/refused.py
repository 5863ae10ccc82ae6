class Refused(Exception):
    """A verb that may not be carried out. Its text is a sentence for the person who asked for it."""


class Stale(Refused):
    """Somebody else saved a newer version after the person looked."""
