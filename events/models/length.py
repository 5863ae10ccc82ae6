"""How long a text may be, and how that is said."""

from django.core.validators import MaxLengthValidator


def at_most(characters: int) -> MaxLengthValidator:
    """Refuses a longer text. In place of ``max_length``, for which a browser cuts off what is pasted."""
    return MaxLengthValidator(
        characters, f"This is %(show_value)d characters long; at most {characters:,} fit. Shorten it."
    )


def limit_words(characters: int) -> str:
    """The limit in words, to stand beside a field."""
    return f"At most {characters:,} characters."
