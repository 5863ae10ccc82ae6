"""The days of the sample: what one article says of days 1, 42 and 43, told anew and attributed.

Every quotation is one sentence of that article, exactly. Its own words for the sides stand inside
quotations only.
"""

from datetime import date

from events.demo import day_43
from events.demo.shapes import CitationData, DayData, EventData

DAY_1 = DayData(
    date=date(2020, 9, 27),
    headline="Shelling along the front line is reported, and Baku decides on a counter-offensive",
    sentence="Vestnik Kavkaza names this as the day on which the war began, and says that Azerbaijani "
    "positions and nearby settlements came under heavy fire.",
    events=(
        EventData(
            when="",
            kind="Fighting",
            headline="Azerbaijani positions and nearby settlements are said to come under heavy fire",
            key=True,
            text="Vestnik Kavkaza reports that Armenian forces fired on Azerbaijani positions along the "
            "front line and on populated areas beside it with large-calibre weapons, artillery and mortars.",
            actors=("Armenian armed forces", "Azerbaijani armed forces"),
            citations=(
                CitationData(
                    "On that day, the Armenian occupation forces subjected the positions of the Azerbaijani "
                    "armed forces along the front line and adjacent populated areas in Azerbaijan to "
                    "intensive fire using large caliber weapons, artillery and mortars."
                ),
            ),
        ),
        EventData(
            when="",
            kind="Politics",
            headline="Baku is reported to decide on a counter-offensive",
            text="According to Vestnik Kavkaza, the decision was taken in Baku, and its stated aim was the "
            "safety of civilians. “Counter-offensive” is the article’s word.",
            places=("Baku",),
            actors=("Azerbaijan",),
            citations=(
                CitationData(
                    "Baku has decided to launch a counter-offensive operation to ensure the safety of the "
                    "civilian population."
                ),
            ),
        ),
    ),
)

DAY_42 = DayData(
    date=date(2020, 11, 7),
    headline="The presidents of Russia and Turkey are said to speak by telephone",
    sentence="The call became known the next morning, Vestnik Kavkaza reports; the article tells nothing "
    "else of this day.",
)

DAY_43 = DayData(
    date=date(2020, 11, 8),
    headline="Azerbaijan’s president announces the capture of Shusha",
    sentence="Looking back a year later, Vestnik Kavkaza tells of fighting overnight, of an announcement "
    "after 11:00 that the city had been taken, and of British reports, in the afternoon, of terms for a "
    "withdrawal.",
    summary="Everything on this page rests on one article. No second source has been recorded, so every "
    "entry is marked as single source. The article’s own words are shown as quotations under each entry.",
    occasion="Victory Day in Azerbaijan",
    events=day_43.EVENTS,
)

DAYS = (DAY_1, DAY_42, DAY_43)
