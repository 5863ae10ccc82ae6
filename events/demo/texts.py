"""The pages of the sample beside its days: what it is, what it goes by, and that nobody answers for it."""

from events.demo.shapes import TextData

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
    "<p><strong>Changes.</strong> What was published is changed in the open: each printing has a number, "
    "a time and, after the first, a note that says what changed. An entry that is withdrawn leaves the "
    "reason at its address.</p>",
)

CODEBOOK = TextData(
    name="codebook",
    title="Marks in this sample",
    text="<p>The one outlet of this sample has the grade F, and its citations have none. Most of its entries "
    "have a single source, the same one, so that hardly any other standing is met here.</p>",
)

CONTACT = TextData(
    name="contact",
    title="Nobody answers here",
    text="<p>This sample has no desk that answers: a command built it, on the machine that it runs on, and "
    "nobody reads messages about it.</p>"
    "<p>In a chronicle of your own this page says who makes it, and how to tell them of a mistake.</p>",
)

TEXTS = (ABOUT, POLICY, CODEBOOK, CONTACT)
