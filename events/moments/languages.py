"""Names of months, days of the week and the hour in other languages than English, as the English words.

Only what means one thing in each of these languages; their words for "after" or "about" are not read, so a
clock time that stands behind one is left. Parts of the day are in ``dayparts``. The names are those of CLDR,
and the forms in which prose uses them: the genitive of Russian, Ukrainian and Armenian months, accusatives of
weekdays.
"""

import re

LANGUAGES = {
    "ru": "Russian",
    "uk": "Ukrainian",
    "az": "Azerbaijani",
    "hy": "Armenian",
    "tr": "Turkish",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
}
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_MONTHS_OF = """
ru: январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
ru: января февраля марта апреля мая июня июля августа сентября октября ноября декабря
uk: січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
uk: січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
az: yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
hy: հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր
hy: հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի
tr: ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
de: januar februar märz april mai juni juli august september oktober november dezember
fr: janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es: enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
"""
_WEEKDAYS_OF = """
ru: понедельник вторник среда четверг пятница суббота воскресенье
ru: понедельник вторник среду четверг пятницу субботу воскресенье
uk: понеділок вівторок середа четвер п'ятниця субота неділя
tr: pazartesi salı çarşamba perşembe cuma cumartesi -
hy: երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ - կիրակի
de: montag dienstag mittwoch donnerstag freitag samstag sonntag
fr: lundi mardi mercredi jeudi vendredi samedi dimanche
es: lunes martes miércoles jueves viernes sábado domingo
"""
_OTHERS = {
    "um": "at",
    "в": "at",
    "о": "at",
    "об": "at",
    "à": "at",
    "las": "at",
    "saat": "at",
    "ժամը": "at",
    "uhr": "o'clock",
    "de": "of",
    "le": "on",
    "el": "on",
}
UNREAD = "unread"
"""The code of any language of which nothing is read but figures."""
_STOPWORDS = {
    "en": "the a of and to in was were by on at for with that from said",
    "az": "və bir bu üçün ilə edib olub ki da də saat",
    "tr": "ve bir bu için ile olarak etti oldu da de saat",
    "de": "der die das und in den von zu mit auf für wurde war ist um am im",
    "fr": "le la les et des du une dans pour par sur est été à au en",
    "es": "el la los las y del una para por con fue que en se al",
    "it": "il di che per con non del della dei nel è sono alle gli una da ha",
    "pt": "o os do da dos e em um uma para com não no na ao foi que",
    "nl": "de het een van en in op te dat voor met zijn werd is aan om",
    "ro": "și în la de cu pe nu o fost din care pentru",
    "sv": "och att det som en på är av för med den till var om",
    "da": "og i det at en er på af for med den til var om",
    "pl": "w i na z do się że o po za od przez jest nie",
}
"""Small words by which languages are told apart, some of them only so that none is taken for another."""
_UKRAINIAN = re.compile("[іїєґ]")
_SCRIPTS = (
    ("hy", re.compile("[\u0531-\u058f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    (UNREAD, re.compile("(?![\u00aa\u00ba\u00b5])[^\u0000-\u024f\u1e00-\u1eff]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000
_FEWEST = 3
"""Small words of another language without which a text is taken for English."""


def _table() -> dict[str, str]:
    table = dict(_OTHERS)
    for lines, english in ((_MONTHS_OF, _MONTHS), (_WEEKDAYS_OF, _WEEKDAYS)):
        for line in lines.strip().splitlines():
            names = line.partition(":")[2].split()
            table |= {name: word for name, word in zip(names, english, strict=True) if name != "-"}
    return table


ENGLISH = _table()
"""The English word for each name that is read."""
MONTH_NAMES = {
    name: _MONTHS.index(ENGLISH.get(name, name)) + 1
    for name in (*_MONTHS, *ENGLISH)
    if ENGLISH.get(name, name) in _MONTHS
}
"""The number of each month, by its names."""
WEEKDAY_NAMES = {day: day for day in _WEEKDAYS} | {
    name: word for name, word in ENGLISH.items() if word in _WEEKDAYS
}
"""The English day of the week, by its names."""


def language_of(text: str) -> str:
    """The code of the language of ``text``, as far as its letters and small words say; "" for English.

    ``UNREAD`` for one that is plainly neither.
    """
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    for code, script in _SCRIPTS:
        if sum(bool(script.match(word)) for word in words) * 2 > len(words):
            return "uk" if code == "ru" and _UKRAINIAN.search(sample) else code
    return _by_small_words(words)


def _by_small_words(words: list[str]) -> str:
    counts = {code: sum(map(words.count, line.split())) for code, line in _STOPWORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    is_sure = counts[best] * 12 > len(words) and counts[best] > 1.5 * counts["en"]
    if not is_sure:
        return ""
    if best in LANGUAGES:
        return best
    return UNREAD if counts[best] >= _FEWEST else ""


def announcement(code: str) -> str:
    """What is said of a text in the language ``code``: how much of it is read; nothing of English."""
    if code == UNREAD:
        return "Not in a language that is read: only the clock times and dates that begin a sentence are."
    return f"Read as {LANGUAGES[code]}: dates, clock times and parts of the day only." if code else ""


READ = (
    "English is read, and the dates and clock times of "
    f"{', '.join(list(LANGUAGES.values())[:-1])} and {list(LANGUAGES.values())[-1]}, with a part of the day "
    "beside them."
)
