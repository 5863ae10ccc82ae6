"""By what right a medium is shown: codes of those who keep them, in words, and where each is explained."""

_CREATIVE_COMMONS = "https://creativecommons.org/"
_STATEMENTS = "https://rightsstatements.org/vocab/"

WORDS = {
    "CC0-1.0": "CC0 1.0: no rights reserved",
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC-BY-ND-4.0": "CC BY-ND 4.0",
    "CC-BY-NC-4.0": "CC BY-NC 4.0",
    "CC-BY-NC-SA-4.0": "CC BY-NC-SA 4.0",
    "CC-BY-NC-ND-4.0": "CC BY-NC-ND 4.0",
    "PDM-1.0": "Public Domain Mark 1.0",
    "InC": "In copyright",
    "InC-OW-EU": "In copyright: EU orphan work",
    "InC-EDU": "In copyright: educational use permitted",
    "InC-NC": "In copyright: non-commercial use permitted",
    "InC-RUU": "In copyright: rights holder cannot be found",
    "NoC-CR": "No copyright: contractual restrictions",
    "NoC-NC": "No copyright: non-commercial use only",
    "NoC-OKLR": "No copyright: other legal restrictions",
    "NoC-US": "No copyright: United States",
    "CNE": "Copyright not evaluated",
    "UND": "Copyright undetermined",
    "NKC": "No known copyright",
    "contract": "Under a contract",
    "permission": "By permission",
    "quotation": "Quoted, as the law allows",
    "own": "Own work",
}
"""Each code in words."""

_PUBLIC_DOMAIN = {"CC0-1.0": "publicdomain/zero/1.0/", "PDM-1.0": "publicdomain/mark/1.0/"}
_GROUNDS = ("contract", "permission", "quotation", "own")


def words_of(code: str) -> str:
    """A code in words; one that is not known here as it stands."""
    return WORDS.get(code, code)


def address_of(code: str) -> str:
    """The one address that explains a licence or a statement; empty for a ground of the desk's own."""
    if code not in WORDS or code in _GROUNDS:
        return ""
    if code in _PUBLIC_DOMAIN:
        return _CREATIVE_COMMONS + _PUBLIC_DOMAIN[code]
    if code.startswith("CC-"):
        name, _, version = code.removeprefix("CC-").rpartition("-")
        return f"{_CREATIVE_COMMONS}licenses/{name.lower()}/{version}/"
    return f"{_STATEMENTS}{code}/1.0/"
