"""What people do with what sources and outlets are called, and with what waits of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from events.editorial import moderation, proposing, writing
from events.editorial.refused import Refused
from events.models import Proposal, Source


def named(source: Source) -> tuple[str, str]:
    return source.title, source.outlet.name


@dataclass
class Proposed:
    """A page of a proposal that a moderator has open, and why its source was taken back by then."""

    proposal: Proposal
    retracted: str


def rename(desk: Any, by: User) -> None:
    """What is not in use is called so at once; of the rest it waits."""
    source = desk.any_source()
    row, before = desk.dice.choice((source, source.outlet)), named(source)
    if row is source:
        row.title = f"Article, so called {next(desk.names)}"
    else:
        row.name = f"Outlet, so called {next(desk.names)}"
    writing.save_named(row, by=by, seen=row.version, note="It was called otherwise.")
    writing.print_again(row, by=by)
    if row.proposed is None:
        desk.memory.wrote_name(source.pk, named(fresh(source)), before, by.username)


def fresh(source: Source) -> Source:
    return Source.objects.select_related("outlet").get(pk=source.pk)


def source_of(proposal: Proposal) -> Source:
    """The source that a proposal would have called otherwise, itself or its outlet."""
    return fresh(proposal.source or Source.objects.get(outlet=proposal.outlet))


def open_proposal(desk: Any, by: User) -> None:
    proposal = desk.any_proposal()
    page = Proposed(proposal, source_of(proposal).retraction_reason)
    desk.open_proposals = [*desk.open_proposals[-2:], page]


def accept_on_page(desk: Any, by: User) -> None:
    """Accept what a page shows that was opened before whatever happened since."""
    if not desk.open_proposals:
        raise Refused("No proposal is open.")
    page = desk.dice.choice(desk.open_proposals)
    _accept(desk, page, by)


def look_and_accept(desk: Any, by: User) -> None:
    open_proposal(desk, by)
    _accept(desk, desk.open_proposals[-1], by)


def _accept(desk: Any, page: Proposed, by: User) -> None:
    proposal = page.proposal
    proposing.accept(proposal, by=by, seen=proposal.version, note="It was called otherwise.")
    source = source_of(proposal)
    desk.memory.accept(source.pk, named(source), proposal.proposed_by.username, by.username)
    if proposal.source and source.retraction_reason != page.retracted:
        desk.memory.wrong.append(f"{by} accepted a change of a source, not knowing that it was taken back")


def retract(desk: Any, by: User) -> None:
    """A source is taken back while a change of it waits."""
    proposal = desk.any_proposal()
    if proposal.source is None or desk.dice.random() < 0.5:
        raise Refused("Nobody takes that back.")
    source = proposal.source
    moderation.retract_source(source, by=by, seen=source.version, reason="It was another one.")


OF_NAMES: tuple[Callable[[Any, User], None], ...] = (
    *(rename, rename, open_proposal, accept_on_page, look_and_accept, retract),
)
