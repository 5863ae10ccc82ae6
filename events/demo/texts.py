"""The pages of the sample beside its days: what it is, what it goes by, and that nobody answers for it."""

from collections.abc import Mapping
from typing import Any

from chronicle.record.cards import CREDIBILITY, RELIABILITY
from events.demo.shapes import TextData


def graded(scale: Mapping[Any, str]) -> str:
    """The grades of ``scale`` with their meaning, as a list."""
    return f"<ul>{''.join(f'<li>{grade}: {words}</li>' for grade, words in scale.items())}</ul>"


ABOUT = TextData(
    name="about",
    title="About this sample",
    text="<p>This is the sample chronicle that comes with the software. It is there to show how a chronicle "
    "looks and works, and is no account to rely on.</p>"
    "<p>It covers the days from 27 September to 9 November 2020 in and around Karabakh, and tells three of "
    "them: days 1, 42 and 43. Days are numbered from 27 September 2020, and begin and end by the clock of "
    "Baku.</p>"
    "<p>Everything in it rests on <strong>one article</strong>, in which Vestnik Kavkaza looked back at the "
    "43rd day a year later, on 8 November 2021. What the article claims is attributed to it and not judged. "
    "Nobody has checked it, and no second source has been recorded. What the article leaves out, this "
    "chronicle leaves out as well.</p>"
    "<p>Its two pictures, a map and a chart, are drawn by the command that builds it, and show nothing but "
    "what its entries say.</p>"
    "<p>Places and people go by different names in different languages. Each name stands with its language "
    "and with who uses it; which of them are shown is no statement about anything else.</p>",
)

POLICY = TextData(
    name="policy",
    title="What this sample goes by",
    text="<p><strong>Citations.</strong> An entry is published once a citation in its support is approved. "
    "Whoever approves it has written none of it. Each citation quotes its source word for word.</p>"
    "<p><strong>What an approval covers.</strong> Three things together, as they stood before whoever "
    "approved them: what the entry says and when it happened, what the source is, and what the source says. "
    "It covers no more than that. Where the words of an entry change, its citations are checked again before "
    "readers see the new ones. Kind, places, people and the words of a day are the editors’ own.</p>"
    "<p><strong>Standing.</strong> The word beside an entry says what its citations amount to:</p>"
    "<ul>"
    "<li>Unsupported: no citation supports it.</li>"
    "<li>Single source: all that supports it comes from one outlet. Sources that pass on one report count "
    "as one.</li>"
    "<li>Corroborated: two outlets or more support it, each with a report of its own.</li>"
    "<li>Disputed: a source says otherwise.</li>"
    "<li>Retracted: what supported it was taken back by its outlet.</li>"
    "</ul>"
    "<p>None of these words says whether something is true.</p>"
    "<p><strong>Grades.</strong> Outlets and citations can be graded by the Admiralty system, as NATO uses "
    "it (AJP-2.1). The letter is about the outlet:</p>"
    f"{graded(RELIABILITY)}"
    "<p>The number is about the information:</p>"
    f"{graded(CREDIBILITY)}"
    "<p>F and 6 are not the worst grades: they say that nobody can tell. The one outlet of this sample has "
    "the grade F, and its citations have none.</p>"
    "<p><strong>Changes.</strong> What was published is changed in the open: each printing has a number, "
    "a time and, after the first, a note that says what changed. An entry that is withdrawn leaves the "
    "reason at its address.</p>",
)

CONTACT = TextData(
    name="contact",
    title="Nobody answers here",
    text="<p>This sample has no desk that answers: a command built it, on the machine that it runs on, and "
    "nobody reads messages about it.</p>"
    "<p>In a chronicle of your own this page says who makes it, and how to tell them of a mistake.</p>",
)

TEXTS = (ABOUT, POLICY, CONTACT)
