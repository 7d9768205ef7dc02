"""What a claim must not say: what a people is like, or how many points a country has.

The check knows English, in which statements are written. It looks for people as the subject ("Germans …",
"the French prefer …", "people in Japan …"), not for the names of languages and practices ("a German letter",
"in French offices"), which claims need.
"""

from __future__ import annotations

import re

_NOUNS = (
    "Afghans|Africans|Albanians|Algerians|Americans|Arabs|Argentines|Argentinians|Armenians|Asians|Australians|"
    "Austrians|Bavarians|Belgians|Bolivians|Brazilians|Brits|Britons|Bulgarians|Cambodians|Cameroonians|"
    "Canadians|Catalans|Chileans|Colombians|Croatians|Croats|Cubans|Czechs|Danes|Dutchmen|Ecuadorians|Egyptians|"
    "Englishmen|Englishwomen|Estonians|Ethiopians|Europeans|Filipinos|Finns|Frenchmen|Frenchwomen|Georgians|"
    "Germans|Ghanaians|Greeks|Guatemalans|Hispanics|Hungarians|Icelanders|Indians|Indonesians|Iranians|Iraqis|"
    "Irishmen|Israelis|Italians|Jamaicans|Jews|Jordanians|Kazakhs|Kenyans|Koreans|Kurds|Kuwaitis|Latinos|"
    "Latvians|Libyans|Lithuanians|Malaysians|Mexicans|Mongolians|Moroccans|Nepalis|Nigerians|Norwegians|"
    "Pakistanis|Palestinians|Paraguayans|Persians|Peruvians|Romanians|Russians|Saudis|Scots|Scotsmen|Serbs|"
    "Singaporeans|Slavs|Slovaks|Slovenes|Somalis|Spaniards|Swedes|Syrians|Tanzanians|Thais|Tunisians|Turks|"
    "Ugandans|Ukrainians|Uruguayans|Venezuelans|Welshmen|Westerners|Yemenis|Zimbabweans"
)
_ADJECTIVES = (
    "African|American|Arab|Argentine|Asian|Australian|Austrian|Belgian|Brazilian|British|Bulgarian|Canadian|"
    "Chinese|Colombian|Czech|Danish|Dutch|Egyptian|English|European|Finnish|French|German|Greek|Hungarian|"
    "Indian|Indonesian|Iranian|Irish|Israeli|Italian|Japanese|Jewish|Korean|Latin|Lebanese|Mexican|Moroccan|"
    "Nigerian|Norwegian|Polish|Portuguese|Romanian|Russian|Scottish|Spanish|Sudanese|Swedish|Swiss|Taiwanese|"
    "Thai|Turkish|Ukrainian|Vietnamese|Welsh|Western"
)
_PERSONS = (
    "people|persons?|folks?|m[ae]n|wom[ae]n|boys|girls|children|customers?|clients?|colleagues?|bosses|managers?|"
    "business(?:men|people)|negotiators?|workers?|employees|natives?|locals|mentality|character|temperament|"
    "psyche|soul|mindset|society|culture"
)
_ACTS = (
    "are|were|have|do|don't|tend|prefer|like|love|hate|dislike|avoid|value|think|believe|feel|consider|expect|"
    "see|say|find|always|never|often|usually|rarely|generally|will|would|can|cannot|may|must|rely|respect"
)
_PEOPLE = re.compile(
    rf"\b(?:{_NOUNS})\b"
    rf"|\b(?:{_ADJECTIVES})\s+(?:{_PERSONS})\s+(?:\w+ly\s+)?(?:{_ACTS}|is|has|does|values|prefers|tends)\b"
    rf"|\b[Tt]he\s+(?:{_ADJECTIVES})\s+(?:\w+ly\s+)?(?:{_ACTS})\b"
    r"|\b(?:[Pp]eople|[Ee]very(?:one|body)|[Mm]en|[Ww]omen|[Ll]ocals)\s+(?:in|from|of)\s+(?:the\s+)?"
    r"[A-Z][\w ]{2,30}?\s+(?:are|tend|value|dislike|hate|love)\b"
)
_DIMENSIONS = re.compile(
    r"hofstede|trompenaars|inglehart|meyer'?s culture map|lewis model|cultural dimensions?|country scores?"
    r"|power[ -]distance|uncertainty[ -]avoidance|individualis[mt]|collectivis[mt]|masculinity index"
    r"|long-term orientation|(?:high|low)-context (?:culture|country|societ)|globe (?:study|project|score)",
    re.IGNORECASE,
)


def about_people(text: str) -> str | None:
    """The words by which an English text speaks of a people or nationality, if it does.

    >>> about_people("Germans are direct."), about_people("In German work mail, requests are often bare.")
    ('Germans', None)
    """
    found = _PEOPLE.search(text)
    return found[0] if found else None


def country_dimension(text: str) -> str | None:
    """The words by which a text draws on scores of countries ("power distance"), if it does."""
    found = _DIMENSIONS.search(text)
    return found[0] if found else None
