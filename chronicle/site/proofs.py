"""That one edition is in the log of its chronicle, in a file that can be checked with sha256sum alone.

A line each: name, blank, value. What readers cannot read any more is not in it, and its salt is not either:
its header alone says that it was printed, and when.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from chronicle import seal
from chronicle.documents import TERM_FACETS
from chronicle.models import Chronicle, Edition, Sheet, Term
from chronicle.models.term import facet_of, number_of
from chronicle.record.checkpoints import Checkpoint, checkpoint_of
from chronicle.site import holdings

CHECK = (
    r"""f={file}; of() {{ sed -n "s/^$1 //p" $f | tr -d '\n'; }}; """
    r"""bytes() {{ printf "$(echo $1 | sed 's/../\\x&/g')"; }}""",
    r"""{{ bytes $(of salt); of document; }} | sha256sum; of header | grep -o '"commitment":"[^"]*'""",
    r"""n=$({{ printf '\0'; of header; }} | sha256sum | cut -c-64); echo $n; of leaf; echo""",
    r"""while read -r s h; do case $s in (left) l=$h r=$n;; (right) l=$n r=$h;; (*) continue;; esac""",
    r"""n=$({{ printf '\1'; bytes $l; bytes $r; }} | sha256sum | cut -c-64); done < $f; """
    r"""bytes $n | base64; of root""",
)
"""The lines that check it, in bash: of each two that they print both are the same."""


@dataclass(frozen=True)
class Proof:
    """An edition, the checkpoint that it is proved against, and the hashes on the way from one to the other.

    ``sheet`` has its words, where readers can read them.
    """

    edition: Edition
    checkpoint: Checkpoint
    siblings: list[tuple[bool, bytes]]
    sheet: Sheet | None

    def __str__(self) -> str:
        return "".join(f"{name} {value}\n" for name, value in self._lines())

    def _lines(self) -> Iterator[tuple[str, object]]:
        yield "origin", self.checkpoint.origin
        yield "size", self.checkpoint.size
        yield "root", base64.b64encode(self.checkpoint.root).decode()
        yield "leaf", self.edition.leaf
        yield "header", seal.canonical(self.edition.header()).decode()
        if self.sheet:
            yield "salt", self.sheet.salt
            yield "document", seal.canonical(self.sheet.document).decode()
        for on_left, sibling in self.siblings:
            yield "left" if on_left else "right", sibling.hex()


def file_of(seq: int) -> str:
    return f"edition-{seq}.txt"


def lines_of(seq: int) -> str:
    """The lines that check the proof of an edition, as a reader can run them beside it."""
    return "\n".join(CHECK).format(file=file_of(seq))


def of_edition(chronicle: Chronicle, seq: int) -> Proof | None:
    """The proof of the edition of that place in the log, in six queries at most; None where there is none.

    One of them reads a hash of every edition, and no more of it: what a proof is made of are the roots of all
    that lies beside it, and the record keeps those of the edge of the tree alone.
    """
    checkpoint = checkpoint_of(chronicle)
    edition = Edition.objects.filter(chronicle=chronicle, seq=seq, seq__lte=checkpoint.size).first()
    if edition is None:
        return None
    edition.chronicle = chronicle
    printed = Edition.objects.filter(chronicle=chronicle, seq__lte=checkpoint.size).order_by("seq")
    leaves = [bytes.fromhex(leaf) for leaf in printed.values_list("leaf", flat=True)]
    path = seal.inclusion_proof(leaves, seq - 1)
    sheet = Sheet.objects.filter(commitment=edition.commitment).first()
    return Proof(
        edition,
        checkpoint,
        seal.sides(seq - 1, checkpoint.size, path),
        sheet if sheet and is_readable(edition) else None,
    )


def is_readable(edition: Edition) -> bool:
    """Whether readers can read what an edition said: what it is of is public, and was not withdrawn since."""
    own = Edition.objects.filter(chronicle=edition.chronicle, subject=edition.subject)
    since = list(own.filter(edition__gt=edition.edition).values_list("action", flat=True))
    facet = facet_of(edition.subject)
    if facet in TERM_FACETS:
        named = Term.objects.filter(chronicle=edition.chronicle, facet=facet)
        return holdings.held(named.filter(number=number_of(edition.subject), taken_at=None)).exists()
    # Why something was withdrawn is told as long as it is.
    return not since if edition.action == "withdrawal" else "withdrawal" not in since
