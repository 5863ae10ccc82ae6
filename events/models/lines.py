"""What a row says, in lines that a person can read when the row says something else."""


def in_lines(*said: tuple[str, object]) -> str:
    """Each label with what stands under it, a line each; what holds nothing is left out."""
    return "\n".join(f"{label}: {value}" for label, value in said if value not in (None, ""))
