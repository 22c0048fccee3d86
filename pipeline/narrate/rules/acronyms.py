"""Acronyms: spelled with blanks (F B I), or left as a word (NATO); initials of names (J. K.)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english, listed
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_WORDS = listed(
    """
    BRICS BRIC JSON YAML BLAST CRISPR NAFTA AWOL SNAFU SONIC CISA RICO MENSA HUD AMBER MPEG PETA LIDAR
    NASA NATO UNESCO UNICEF AIDS OPEC FIFA UEFA LASER RADAR SONAR SCUBA COVID NAFTA ASCII PIN RAM ROM SIM RELAX
    GIF JPEG BIOS SARS MERS ASEAN IKEA YOLO FOMO LAN WAN VAT SWAT NIMBY BAFTA OXFAM INTERPOL NASDAQ OSHA FEMA
    NOAA POTUS SCOTUS FLOTUS GAAP HIPAA MOMA LEGO VISA SAT DOS BASIC COBOL ZIP CAPTCHA DARPA NICE WASP TED LED
    MIDI GUI WYSIWYG TAFE FAO REM CERN ESA
    """
) - {"ESA", "LED", "WYSIWYG"}  # fmt: skip
_SPELLED = listed(
    """
    IMHO IMO AFAIK IIRC TLDR TL FWIW IDK TBH BRB LOL SMH NSFW AFK ROFL OMG WTF DM ASAP TBA TBD FAQ RSVP BYOB ETA
    AMAB AFAB ICYMI LGBTQ LGBTQIA LGBT UCLA USDA USSR NAACP IEEE YMCA YWCA AAAS ABBA HIIT EBITDA USAID AIPAC UAE
    UEA OECD BIPOC ISBN ISSN NCAA EULA TEFL IELTS ADHD PTSD ESPN MDMA SQL XML HDMI UFO ATM ASL EPA EEA IUD UTI
    IOU AKA AOL IPA AAA IPO IRA IRS IQ EQ UK US EU UN AI IT ID OK AC AM PM WHO USA UTC EST EDT PST CST CIA FBI
    DIY CEO COO CIO CFO UI UX AR VR EV OS PA PE RE UV AA OCD OTT IOC ICU IVF ADD ETA APA AFL ACLU AARP UNHCR
    IAEA
    """
) - {"ABBA", "EBITDA", "EULA", "IRA", "ADD"}  # fmt: skip
_PLAIN = listed(
    """
    A AN THE AND FOR ARE BUT NOT YOU ALL ANY CAN HAD HER WAS ONE OUR OUT DAY GET HAS HIM HIS HOW MAN NEW NOW OLD
    SEE TWO WAY BOY DID ITS LET PUT SAY SHE TOO USE NO ON IN IS BE BY DO GO HE IF ME MY OF OR SO TO UP WE AS AT
    HI OH YES ACT BIG BAD BOX BUY CAR CUT END FAR FUN GOD GUN HOT JOB KEY LAW LOW MAY OFF OWN PAY RED RUN SET
    SIX TEN TOP TRY WAR WHY WIN YET AGO AIR AGE ASK BED EAT EYE FEW GUY LOT MAP SEA SIT SUN TAX TEA VAN WET YOUR
    AIN ON
    """
)  # fmt: skip
_ONSETS = listed(
    """
    b bl br c ch cl cr d dr dw f fl fr g gh gl gn gr h j k kh kl kn kr l m n p ph pl pr ps q qu r rh s sc sch
    scr sh sk sl sm sn sp spl spr squ st str sv sw t th tr ts tw v w wh wr x y z zh
    """
) | {""}
_CODAS = listed(
    """
    b bs c ch ck ct d ds f ff ft g gs gh h k ks l ld lf lk ll lm lp ls lt m mb mp ms n nc nch nd ng nk ns nt nth p
    cs cks rns rds rks lms sts nds nts dth
    ph ps pt q r rb rc rch rd rf rg rk rl rm rn rp rs rt rth s sh sk sm sp ss st t th ts tt v w wn ws x y z zz
    """
) | {""}
_SHAPE = Pattern(r"([^aeiouy]*)(?:[aeiouy].*[aeiouy]|[aeiouy])([^aeiouy]*)")

_STOPPED = Pattern(
    r"(?<![\w.])(?:[A-Z]\. ?){2,}(?:[A-Z](?![\w.]))?(?<! )(?P<own>[’']s)?|(?<![\w.])[A-Z]\.[A-Z](?![\w.])"
)
_INITIAL = Pattern(
    r"(?:(?<=^)|(?<=\s)|(?<=[(“\"]))(?P<claim>(?P<c>[A-HJ-Z])\.)(?= [A-Z][a-zà-ÿ’'-]+)(?! (?:The|He"
    r"|She|It|We|They|This|That|But|In|Then|There|What|How|And)\b)"
)
_MIDDLE = Pattern(r"(?<=[a-z] )(?P<claim>I\.)(?= [A-Z][a-z])")
_AMPERSAND = Pattern(r"(?<!\w)(?P<a>[A-Z]{1,3})&(?P<b>[A-Z]{1,3})(?P<own>[’']?s)?(?!\w)")
_CAPITALS = Pattern(
    r"(?<![\w’'-])(?P<a>[A-Z]{2,})(?P<end>s|[’']s|[’']S)?(?P<plus>\+)?(?![\w]|[’'][A-Z]|\.[A-Z])|"
    r"(?<=-)(?P<a2>[A-Z]{2,})(?P<e2>s|[’']s)?(?![\w’'])"
)
_CAPITAL_WORD = Pattern(r"\b[A-Z]{2,}\b")
_BEFORE = Pattern(r"\b([A-Z]{2,}) $")
_AFTER = Pattern(r" ([A-Z]{2,})\b")
_ALSO_WORDS = frozenset(["WHO", "IT", "US", "AM", "PM", "AI", "PA", "RE", "ID", "ICE", "OK"])
_LONG = 6
"""A longer name with two vowels is said as a word."""
_MIXED = {
    "PhD": "P H D", "PhDs": "P H Ds", "mRNA": "M R N A", "tRNA": "T R N A", "IoT": "I O T", "eBay": "eBay",
    "LaTeX": "LaTeX", "BSc": "B S C", "MSc": "M S C", "kWh": "kilowatt hour", "iOS": "i O S", "pH": "P H",
    "LLCs": "L L Cs", "cDNA": "C D N A", "TVs": "T Vs", "tv": "T V", "DVDs": "D V Ds", "MoD": "M O D",
    "DoJ": "D O J", "DoD": "D O D", "QoS": "Q O S", "SaaS": "sass",
}  # fmt: skip
_ODD = Pattern(rf"(?<![\w-])(?:{'|'.join(sorted(_MIXED, key=len, reverse=True))})(?![\w-])")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims acronyms and initials."""
    if not english(language):
        return ()
    shouted = _shouted(sentence)

    def capitals(match: re.Match[str]) -> str | None:
        word, end = match["a"] or match["a2"], match["end"] or match["e2"] or ""
        if not _spell(word) or (shouted and any(c in "AEIOUY" for c in word)) or (shouted and word in _PLAIN):
            return None
        if word in _ALSO_WORDS and _near_capitals(sentence, match):
            return None
        if word not in _SPELLED and _among_capitals(sentence, match) and any(c in "AEIOUY" for c in word):
            return None
        return " ".join(word) + end.lower() + (" plus" if match["plus"] else "")

    return claimed(
        sentence,
        (
            (_ODD, lambda m: _MIXED[m[0]]),
            (_STOPPED, _stopped),
            (_INITIAL, lambda m: m["c"]),
            (_MIDDLE, lambda m: "I"),
            (_AMPERSAND, lambda m: f"{' '.join(m['a'])} and {' '.join(m['b'])}{m['own'] or ''}"),
            (_CAPITALS, capitals),
        ),
    )


def _stopped(match: re.Match[str]) -> str:
    return " ".join(c for c in match[0] if c.isupper()) + (match["own"] or "")


def _shouted(sentence: str) -> bool:
    """Whether the whole sentence is set in capitals, as headings are."""
    letters = [c for c in sentence if c.isalpha()]
    if sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return False
    return len(_CAPITAL_WORD.findall(sentence)) > 1 and any(
        word in _PLAIN or (len(word) > 3 and not _spell(word)) for word in _CAPITAL_WORD.findall(sentence)
    )


def _among_capitals(sentence: str, match: re.Match[str]) -> bool:
    """Whether a neighbour is a word in capitals: NEW YORK is no initialism."""
    before = re.search(r"\b([A-Z]{2,}) $", sentence[max(0, match.start() - 20) : match.start()])
    after = re.match(r" ([A-Z]{2,})\b", sentence[match.end() : match.end() + 20])
    return any(
        found and len(found[1]) > 3 and not _spell(found[1]) and found[1] not in _WORDS for found in (before, after)
    )


def _near_capitals(sentence: str, match: re.Match[str]) -> bool:
    """Whether a neighbour is a plain word in capitals: THE GIRL WHO LEAPT."""
    near = (_BEFORE.search(sentence, max(0, match.start() - 20), match.start()), _AFTER.match(sentence, match.end()))
    return any(found and (found[1] in _PLAIN or not _spell(found[1])) for found in near)


def _spell(word: str) -> bool:
    """Whether ``word`` (capitals) is said letter by letter."""
    if word in _SPELLED:
        return True
    if word in _WORDS or word in _PLAIN:
        return False
    if len(word) > _LONG and sum(c in "AEIOUY" for c in word) > 1:
        return False
    shape = _SHAPE.fullmatch(word.lower())
    if shape is None or not re.search("[AEIOU]", word):
        return not (len(word) > 4 and "Y" in word)
    return len(word) <= 3 or shape[1] not in _ONSETS or shape[2] not in _CODAS
