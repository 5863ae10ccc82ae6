"""What is shown of a citation besides: both sides with what they have in common, and its record."""

from typing import Any

from chronicle import prose
from events.admin.desk import lexicon
from events.admin.desk.review import past_of
from events.admin.desk.reviewing import record
from events.admin.desk.reviewing.marking import marked
from events.editorial import word_list
from events.models import Citation


def told(citation: Citation) -> dict[str, Any]:
    """The words of its event and of its source, marked; what was decided before; what else the event rests
    on; how its outlet fared."""
    every = record.of_its_event(citation)
    besides = [one for one in every if one != citation and one.state != Citation.State.TAKEN_BACK]
    event, said = citation.event, citation.translation or citation.quote
    text = prose.words(event.text)
    says = f"{event.headline}\n{event.wording}\n{text}"
    known = lexicon.of(citation.story, says, said)
    names = known.names
    said_by = [citation.source.outlet.name]
    return {
        "past": past_of(citation, every),
        "others": besides,
        "policy": record.policy_words(citation, besides),
        "outlet": record.of_outlet(citation),
        "strays": word_list.strays(event.headline, event.text, known.words),
        "headline": marked(event.headline, said, names, said_by=said_by),
        "text": marked(text, said, names, said_by=said_by),
        "quote": marked(citation.quote, says, names),
        "translation": marked(citation.translation, says, names),
    }
