"""The orders of a list across days, and what a page of it is."""

from dataclasses import dataclass

from chronicle.site.filters import CLOCKS, ORDERS, Cursor
from chronicle.site.selection import Selection
from chronicle.site.shown import Shown


@dataclass(frozen=True)
class Order:
    """``newest``, ``oldest`` or ``best`` first, by when things ``happened`` or were ``told``."""

    name: str
    by: str

    @property
    def parts(self) -> int:
        """How many places a cursor of it has."""
        return 1 if self.by == "happened" and self.name != "best" else 2

    @property
    def columns(self) -> tuple[str, ...]:
        return ("told_on", "sk") if self.by == "told" else ("sk",)

    def place_of(self, entry: Shown) -> tuple[int, ...]:
        """The place of ``entry`` in it, of which a cursor is made."""
        return (entry.told_on.toordinal(), entry.sk) if self.by == "told" else (entry.sk,)


@dataclass(frozen=True)
class Listed:
    """The entries of a page, and the cursors of the pages about it where there are such."""

    entries: list[Shown]
    following: Cursor | None = None
    preceding: Cursor | None = None


def order_of(selection: Selection) -> Order:
    """The order that was asked for: words are answered best first, all else newest first."""
    asked = selection.filter
    name = asked.text("order")
    by = asked.text("by")
    if name not in ORDERS or (name == "best" and not selection.asked):
        name = "best" if selection.asked else "newest"
    return Order(name, by if by in CLOCKS else "happened")


@dataclass(frozen=True)
class Turn:
    """Which page is asked for: the one beyond ``cursor``, or the first."""

    selection: Selection
    order: Order
    cursor: Cursor | None
    per_page: int

    @property
    def back(self) -> bool:
        """Whether the page lies before the cursor."""
        return self.cursor is not None and self.cursor.back

    @property
    def descending(self) -> bool:
        """Whether places in time fall from entry to entry as the page is looked for."""
        return (self.order.name != "oldest") != self.back

    @property
    def enough(self) -> int:
        """How many entries tell what is on the page, and whether there is another."""
        return self.per_page + 1


def listed(turn: Turn, found: list[tuple[tuple[int, ...], Shown]], left_at: Cursor | None = None) -> Listed:
    """The page of what was ``found`` beyond the cursor, each with its place: one more than fit, if any.

    ``left_at`` is where the search was left before there was enough.
    """
    shown = found[: turn.per_page]
    if turn.back:
        shown.reverse()
    onward, returning = left_at, None
    if len(found) > turn.per_page:
        onward = Cursor(shown[0 if turn.back else -1][0], back=turn.back)
    if shown and turn.cursor:
        returning = Cursor(shown[-1 if turn.back else 0][0], back=not turn.back)
    following, preceding = (returning, onward) if turn.back else (onward, returning)
    return Listed([entry for _, entry in shown], following, preceding)
