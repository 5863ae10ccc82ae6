"""The desk: what editors write and moderators review. Everything on it belongs to one story."""

from events.models.actor import Actor, ActorName
from events.models.attempts import Attempts
from events.models.author import Author
from events.models.beat import Beat
from events.models.citation import Citation
from events.models.claim import Claim
from events.models.day import Day
from events.models.decision import Decision, Words
from events.models.desk_text import DeskText
from events.models.event import Event
from events.models.factor_change import FactorChange
from events.models.host import Host
from events.models.house_word import HouseWord
from events.models.invitation import Invitation
from events.models.kind import Kind
from events.models.material import Material, Use
from events.models.membership import Membership
from events.models.outlet import Outlet
from events.models.place import Place, PlaceName
from events.models.printed import Printed
from events.models.proposal import Proposal
from events.models.pseudonym import Pseudonym
from events.models.revision import Revision
from events.models.saved_view import SavedView
from events.models.sent import Sent
from events.models.session import Session
from events.models.source import Source
from events.models.story import Story
from events.models.takedown import Takedown, TakedownPart
from events.models.text import Text
from events.models.unsaved import Unsaved

__all__ = [
    "Actor",
    "ActorName",
    "Attempts",
    "Author",
    "Beat",
    "Citation",
    "Claim",
    "Day",
    "Decision",
    "DeskText",
    "Event",
    "FactorChange",
    "Host",
    "HouseWord",
    "Invitation",
    "Kind",
    "Material",
    "Membership",
    "Outlet",
    "Place",
    "PlaceName",
    "Printed",
    "Proposal",
    "Pseudonym",
    "Revision",
    "SavedView",
    "Sent",
    "Session",
    "Source",
    "Story",
    "Takedown",
    "TakedownPart",
    "Text",
    "Unsaved",
    "Use",
    "Words",
]
