"""Tampers with a record by SQL, one change at a time, and sees that each is found.

    python -m tests.tamper --seed 1
    python -m tests.tamper --without broken_sheets

The record has all that can be in one. With every trigger off, 300 changes are drawn by the seed: another
value in every column of every table of the record, values exchanged between rows, rows more and less, sheets
put in each other's place or back after a takedown, documents forged with their rows, commitments and
leaves, histories rewritten whole, tails cut off. Each is made alone and taken back. It must be found by
``verify_record``, but for these:

- What agrees with all that is left of the log can be told only by a checkpoint kept elsewhere (verify_record
  --against): a history rewritten whole, a tail cut off, a chronicle removed. There the checkpoint must tell.
- Row ids that nothing refers to, and nothing seals: of editions, pages, texts, removals, links of the index,
  and terms that nothing is indexed under. They change when a record is restored elsewhere. The id of an entry
  is in its place in time, by its lowest 21 bits.
- Another spelling of the same JSON: what is sealed is its canonical form.
- The order among entries of exactly the same moment, where the difference is noted as their clash; and how
  often a log was presented anew, where its digest is made anew too. Neither is in an edition.

The last two are not drawn. ``--without`` takes one check out; then some must be missed. Works in a database
of its own on the kind of server that DATABASE_URL names. Exits 1 when it went otherwise.
"""

import argparse
import sys
from collections import Counter
from contextlib import ExitStack

from django.db import connection, transaction
from tqdm import tqdm

from tests.support.standing_alone import own_database

# Models can be imported only now.
# isort: split
from chronicle.models import Chronicle
from tests.support import chance, trials, varied
from tests.support.trials import End, Fate


def show(ends: list[End]) -> None:
    print(f"{'':36}{'changes':>8}" + "".join(f"{fate:>9}" for fate in Fate))
    for kind in sorted({end.kind for end in ends}):
        fates = Counter(end.fate for end in ends if end.kind == kind)
        print(f"{kind:36}{fates.total():8}" + "".join(f"{fates[fate]:9}" for fate in Fate))
    for end in ends:
        if end.fate in (Fate.MISSED, Fate.UNTRIED):
            print(f"{end.fate}: {end.kind}: {end.what}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--changes", type=int, default=trials.WHOLE, help="how many of the 300 are tried")
    parser.add_argument("--without", choices=trials.CHECKS, metavar="CHECK", help=", ".join(trials.CHECKS))
    parser.add_argument("--seed", type=int, default=chance.SEED, help="what the changes are drawn from")
    options = parser.parse_args()
    print(f"Seed {options.seed}.")
    drawn = trials.drawn(options.seed)[: options.changes]
    with own_database(), ExitStack() as stack:
        with transaction.atomic():
            varied.build()
            varied.take_whole(Chronicle.objects.get(slug="the-flood"))
        if options.without:
            stack.enter_context(trials.without(options.without))
        bar = tqdm(trials.run(drawn), total=len(drawn), desc="Tampering", leave=False, disable=None)
        ends = list(bar)
    print(f"{connection.vendor}, without {options.without or 'nothing'}")
    show(ends)
    fates = Counter(end.fate for end in ends)
    missed = fates[Fate.MISSED]
    print(f"{missed} are missed." if missed else "Each is found.")
    return 0 if bool(missed) == bool(options.without) and not fates[Fate.UNTRIED] else 1


if __name__ == "__main__":
    sys.exit(main())
