"""What is told on day 43 of the sample, in the order of the article."""

from events.demo.shapes import (
    DRAFT,
    PENDING,
    REJECTED,
    SUBMITTED,
    WITHDRAWN,
    CitationData,
    EventData,
    Mistake,
    UseData,
)

PLACES_MAP, DAY_CHART = "places-of-day-43.png", "entries-of-day-43.png"

AGHDAM_QUOTE = CitationData(
    "The exhausted group of invaders in the Aghdam region fired their last shells and missiles at the "
    "settlements in the frontline area, one civilian was injured in the Terter region."
)
FOOTAGE_QUOTE = CitationData(
    "In the afternoon, footage was revealed of the liberated village of Balasoltanogly in the Gubadly area "
    "and the attack by Su-25 strike aircraft against the invaders in the Khojavend area."
)
EVENING = (
    "In the evening, another part of the occupation command was liquidated, the Azerbaijani liberation army "
    "systematically advanced towards Khojavend."
)

NIGHT = (
    EventData(
        when="overnight",
        kind="Fighting",
        headline="Armenian forces are reported to attempt attacks overnight",
        text="Vestnik Kavkaza reports that Armenian forces tried during the night to take land that "
        "Azerbaijan had gained. The article names no place and gives no number of losses.",
        actors=("Armenian armed forces",),
        citations=(
            CitationData(
                "On the 43rd day of the war, November 8, the Armenian occupation forces attempted to seize "
                "the liberated Azerbaijani lands overnight."
            ),
            CitationData(
                "At the same time, not only ordinary occupants died, but also officers.",
                fate=PENDING,
                stance="mentions",
            ),
        ),
        pictures=(UseData(DAY_CHART, "Four of this day’s entries are told of the night."),),
    ),
    EventData(
        when="overnight",
        kind="Fighting",
        headline="Strikes across the border with Azerbaijan are reported",
        text="According to Vestnik Kavkaza, the Armenian army struck across the border with Azerbaijan. The "
        "article does not say what was hit.",
        actors=("Armenian armed forces",),
        citations=(
            CitationData("The Armenian army also carried out strikes across the border with Azerbaijan."),
        ),
    ),
    EventData(
        when="overnight",
        kind="Fighting",
        headline="Settlements near the front are said to be fired on from around Aghdam",
        text="Vestnik Kavkaza reports that Armenian forces around Aghdam fired shells and missiles at "
        "settlements near the front.",
        places=("Aghdam",),
        actors=("Armenian armed forces",),
        citations=(AGHDAM_QUOTE,),
    ),
    EventData(
        when="overnight",
        kind="Civilian harm",
        headline="One civilian is reported injured",
        text="One civilian was injured in the Tərtər district, according to Vestnik Kavkaza, which tells it "
        "together with the firing from around Aghdam.",
        places=("Tərtər",),
        citations=(AGHDAM_QUOTE,),
        mistake=Mistake(
            text="One civilian was injured near Aghdam, according to Vestnik Kavkaza.",
            places=("Aghdam",),
            note="The article says that the civilian was injured in the Tərtər district. The first edition "
            "said near Aghdam, which is where it says that the firing came from.",
        ),
    ),
)

MORNING = (
    EventData(
        when="the day before",
        kind="Diplomacy",
        headline="Putin and Erdoğan are said to have spoken by telephone",
        text="Vestnik Kavkaza reports that it became known in the morning that the presidents of Russia and "
        "Turkey had spoken the day before. Erdoğan, it says, stressed that Armenian forces needed to "
        "withdraw.",
        actors=("Vladimir Putin", "Recep Tayyip Erdoğan"),
        citations=(
            CitationData(
                "In the morning it was revealed that the Presidents of Russia and Turkey, Vladimir Putin "
                "and Recep Tayyip Erdogan had had a telephone conversation the day before: Erdogan stressed "
                "the need to withdraw the occupation forces from Armenia from ‘Azerbaijan."
            ),
        ),
    ),
    EventData(
        when="after 11:00",
        kind="Announcement",
        headline="Azerbaijan’s president announces the capture of Shusha",
        key=True,
        text="Ilham Aliyev announced officially that the city had been taken, Vestnik Kavkaza reports, and "
        "said that 8 November would be remembered in Azerbaijan as the day of victory.",
        places=("Shusha",),
        actors=("Ilham Aliyev",),
        pictures=(UseData(PLACES_MAP, "Where Shusha lies, among the other places of this day’s entries."),),
        citations=(
            CitationData(
                "After 11:00 am, Azerbaijani President Ilham Aliyev officially announced: Shusha has been "
                "released."
            ),
            CitationData(
                "He stressed that November 8 will forever be remembered in Azerbaijani history as the day "
                "of victory."
            ),
            CitationData(
                "So, on the 43rd day of the war took place the most important event of the entire "
                "Azerbaijani Patriotic War – the cultural capital of the republic, the city of Shusha, was "
                "liberated from occupation.",
                fate=PENDING,
            ),
        ),
    ),
    EventData(
        when="after 11:00",
        kind="Public life",
        headline="People are reported to celebrate in the streets of Azerbaijan",
        text="Vestnik Kavkaza reports that people took to the streets after the announcement. It names no "
        "town and gives no hour of its own.",
        actors=("Azerbaijan",),
        citations=(
            CitationData("The Azerbaijani people took to the streets to celebrate this event."),
            CitationData(
                "He stressed that November 8 will forever be remembered in Azerbaijani history as the day "
                "of victory.",
                fate=REJECTED,
                reason=(
                    "not_in_source",
                    "This sentence is about the speech; it says nothing of the streets.",
                ),
            ),
        ),
    ),
    EventData(
        when="after 11:00",
        kind="Diplomacy",
        headline="Ankara is said to congratulate Baku",
        text="According to Vestnik Kavkaza, Ankara congratulated Baku on Shusha. The article says neither "
        "who did so nor how.",
        places=("Ankara", "Baku", "Shusha"),
        actors=("Turkey", "Azerbaijan"),
        citations=(CitationData("Ankara congratulated Baku for the disoccupation of Shusha."),),
    ),
)

AFTERNOON = (
    EventData(
        when="in the afternoon",
        kind="Footage",
        headline="Footage from Balasoltanlı in the Qubadlı district is released",
        text="Footage of the village was released, Vestnik Kavkaza reports, which spells its name "
        "Balasoltanogly. The article does not say who released it.",
        places=("Balasoltanlı", "Qubadlı"),
        citations=(FOOTAGE_QUOTE,),
    ),
    EventData(
        when="in the afternoon",
        kind="Footage",
        headline="Footage of an attack by Su-25 aircraft is released",
        text="Vestnik Kavkaza reports footage of Su-25 strike aircraft attacking Armenian forces in the "
        "Xocavənd area. It does not say when the attack took place.",
        places=("Xocavənd",),
        actors=("Azerbaijani armed forces", "Armenian armed forces"),
        citations=(FOOTAGE_QUOTE,),
    ),
    EventData(
        when="in the afternoon",
        kind="Civilian harm",
        headline="Shelling is said to continue in the Aghdam and Tərtər districts",
        text="The districts of Aghdam and Tərtər were still under fire, according to Vestnik Kavkaza, which "
        "speaks of “Azerbaijani colonies” being bombarded.",
        places=("Aghdam", "Tərtər"),
        citations=(
            CitationData(
                "The bombardment of the Azerbaijani colonies continues: the regions of Aghdam and Terter "
                "are under fire."
            ),
        ),
    ),
    EventData(
        when="in the afternoon",
        kind="Diplomacy",
        headline="British media are said to report terms for a withdrawal and peacekeepers",
        key=True,
        text="Vestnik Kavkaza says that British media, which it does not name, learned of terms: Yerevan "
        "would withdraw its troops, and Baku would accept Russian and Turkish peacekeepers in Karabakh.",
        places=("Yerevan", "Baku", "Karabakh"),
        actors=("British media", "Armenia", "Azerbaijan"),
        citations=(
            CitationData(
                "British media leaked that Yerevan agreed to withdraw occupation troops from Azerbaijan and "
                "Baku agreed to deploy Russian and Turkish peacekeepers to Karabakh."
            ),
        ),
    ),
    EventData(
        when="in the afternoon",
        kind="Politics",
        headline="The head of Armenia’s National Security Service is reported dismissed",
        text="Vestnik Kavkaza reports the dismissal without a name or a reason.",
        actors=("National Security Service of Armenia",),
        citations=(
            CitationData("The head of the National Security Service was dismissed from his post in Armenia."),
        ),
        fate=SUBMITTED,
    ),
)

NIGHTFALL = (
    EventData(
        when="in the evening",
        kind="Fighting",
        headline="Armenian commanders are reported killed",
        text="Vestnik Kavkaza reports that more of the Armenian command was killed. It gives neither names "
        "nor a place.",
        actors=("Armenian armed forces",),
        citations=(CitationData(EVENING, fate=PENDING),),
        fate=SUBMITTED,
    ),
    EventData(
        when="in the evening",
        kind="Fighting",
        headline="Azerbaijani forces are said to advance towards Xocavənd",
        text="According to Vestnik Kavkaza, Azerbaijani forces moved step by step towards Xocavənd, which "
        "Armenian sources call Martuni.",
        places=("Xocavənd",),
        actors=("Azerbaijani armed forces",),
        citations=(CitationData(EVENING),),
    ),
    EventData(
        when="late in the evening",
        kind="Fighting",
        headline="First details of the battle for Shusha are reported",
        text="Much of the fighting was hand-to-hand, according to the first details, which Vestnik Kavkaza "
        "says became known late in the evening.",
        places=("Shusha",),
        citations=(
            CitationData(
                "Late in the evening, the first details of Shusha’s release were revealed: much of the "
                "fighting was hand-to-hand."
            ),
        ),
    ),
    EventData(
        when="",
        kind="Fighting",
        headline="Armenian troops in Karabakh are said to be cut off",
        text="Vestnik Kavkaza concludes that, with Shusha taken, Armenian troops in Karabakh could no "
        "longer be reached from Armenia.",
        places=("Shusha", "Khankendi", "Lachin", "Karabakh"),
        actors=("Armenian armed forces",),
        citations=(
            CitationData(
                "As Shusha is located on a hill in the immediate vicinity of Khankendi and just above the "
                "road to Lachin, the remains of the occupation troops in Karabakh ended up in a cauldron: "
                "communication with Armenia was no longer possible.",
                fate=PENDING,
            ),
        ),
        fate=DRAFT,
    ),
    EventData(
        when="",
        kind="Announcement",
        headline="8 November is declared Victory Day in Azerbaijan",
        text="The day was declared Victory Day in Azerbaijan, Vestnik Kavkaza reports.",
        actors=("Azerbaijan",),
        citations=(
            CitationData(
                "It is not without reason that this day, November 8, was declared Victory Day in Azerbaijan "
                "– the liberation of Shushi meant the complete defeat of the occupying forces of Armenia."
            ),
        ),
        fate=WITHDRAWN,
        withdrawal="The article says that this day was declared Victory Day, not that it was declared on "
        "this day. The page of the day names the occasion instead.",
    ),
)

EVENTS = NIGHT + MORNING + AFTERNOON + NIGHTFALL
