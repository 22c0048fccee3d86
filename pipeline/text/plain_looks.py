"""What the words of a short line look like: a title, a question, a sentence, a credit, code."""

from __future__ import annotations

import re

from pipeline.text.plain_terms import terms

HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
SECTION = re.compile(
    r"\s*((?:\d{1,3}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+|[A-Z]{1,2}\d{1,3})[.):]?|[IVXLC]{1,6}[.):])\s+(\S.*)$"
)
CHAPTER = re.compile(
    r"\s*(chapter|part|section|appendix|book|act|scene|lesson|step|day|week|question|tip|rule|kapitel|teil|chapitre|partie"
    r"|capítulo|capitolo)\s+(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|[a-z])\b",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"\s*(?:the\s+)?(?:top\s+)?(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:tips|ways|reasons|things|steps|rules|facts|ideas|signs|lessons|mistakes|myths|questions|tricks|secrets|benefits"
    r"|types|kinds|books|places|recipes|habits|principles|points)\b",
    re.IGNORECASE,
)

_SMALL = terms(
    "a an and as at but by for from in into is nor of off on onto or over per so than that the to up via vs with "
    "yet your you it its be are do does"
)
_KNOWN = terms(
    "introduction|abstract|summary|conclusion|conclusions|background|overview|preface|foreword|acknowledgements|"
    "acknowledgments|references|bibliography|appendix|notes|method|methods|results|discussion|license|licence|"
    "copyright|installation|usage|features|examples|example|faq|credits|contributing|changelog|authors|"
    "requirements|synopsis|description|options|see also|bugs|history|prologue|epilogue|einleitung|"
    "zusammenfassung|fazit|conclusión|conclusione|introducción|introduzione|résumé",
    "|",
)
_QUESTION = re.compile(
    r"(?:what|who|why|how|when|where|which|is|are|can|do|does|should|will|did|was|has|have|could|would|wie|was|warum|wann"
    r"|wer|wo|welche[rsnm]?|woher|wieso|ist|sind|kann|gibt|comment|pourquoi|quand|qui|quel(?:le)?s?|est-ce|qué|cómo|por|"
    r"quién|dónde|come|perché|chi|cosa|jak|dlaczego|co)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:(?:words|text|story|written|posted|published|updated|translated|edited|photographs?|photography"
    r"|illustrations?|portraits?|video)"
    r"(?: (?:and|&) \w+)?(?: by|:| on\b)|(?:above|below|left|right|pictured|caption):|\d+[ -]min(?:ute)?s? read"
    r"|source|quelle|foto|photo|image|bild|abbildung|figure|fig\.|credit|©|copyright \d|via|by|von|read more"
    r"|mehr zum thema|main article|see also:|further information|related|share|advertisement|anzeige|getty)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?:(?:hello|hi|hey) (?:all|everyone|everybody|there|again|readers?|friends?)|p\.?\s?s\.?:?"
    r"|(?:dear|liebe[rs]?|sehr geehrte[rs]?|chers?|chère|hola|caro|cara)(?: [^\W\d]+){1,4}"
    r"|(?:yours|best|kind|kindest|warm|warmest|with|mit|viele|herzliche|sincerely|respectfully|lots of|much|many)\b.*"
    r"\b(?:regards|wishes|love|thanks|sincerely|faithfully|truly|ever|grüßen?)"
    r"|yours|sincerely|regards|cheers|thank you|cordialement|atentamente|hochachtungsvoll)[,.!]?(?: [A-Z].*)?$",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(r"^[<>|$%{}@\\/=~`+]|https?://|@\w+\.|^\w+\(|[{};=]$")


def capital_points(core: str, end: str) -> float:
    """Points for the way a line is capitalised: all capitals and title case most, one capital word less."""
    words = core.split()
    if core.isupper() and len(core) > 3:
        return 2.5
    share = _capitals(words)
    if share >= 0.95 and len(words) >= 2:
        return 2.5
    if share >= 0.75 and len(words) >= 3:
        return 1.5
    if len(words) == 1 and core[:1].isupper():
        return 1.2
    return 0.8 if end not in ".:,;" else 0.0


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return re.search(r"[.!?…:][\"”’)»]*$", text) is not None


def is_question(core: str) -> bool:
    """Whether ``core`` begins with a word that asks."""
    return _QUESTION.match(core.lstrip('¿“"')) is not None


def is_known(core: str) -> bool:
    """Whether ``core`` is, or briefly begins with, a title that many texts have."""
    bare = core.casefold().strip(":. ")
    words = bare.split()
    return bare in _KNOWN or (len(words) <= 3 and words[0].strip(":.") in _KNOWN)


def is_prose(text: str) -> bool:
    """Whether ``text`` is sentences, however short: two of them, or one of six words and more."""
    if re.search(r"[.!?…][\"”’)»]*$", text) is None or not re.match(r"[“\"‘'(«„¿¡]*[^\Wa-z_]", text):
        return False
    return len(text.split()) >= 6 or holds_two_sentences(text)


def holds_two_sentences(text: str) -> bool:
    """Whether a sentence ends within ``text``; an initial or a short abbreviation does not count."""
    return re.search(r"[^\W\d_]{3}[.!?][\"”’)»]*\s+[“\"‘'(«„]*[^\Wa-z_]", text) is not None


def is_letter_part(core: str) -> bool:
    """Whether ``core`` greets or takes leave as the first and the last lines of a letter do."""
    return _LETTER.match(core) is not None


def looks_like_a_caption(core: str) -> bool:
    """Whether ``core`` tells what a picture shows: “A child looks at …”, “… (left)”, “…, seen from …”."""
    shown = re.match(r"An? (?:\S+ ){1,2}\w+(?:[^\Ws]s|ing)\s", core) is not None and _capitals(core.split()) < 0.75
    aside = r"\((?:left|right|above|below|centre|center|top|bottom)\)|, (?:seen|pictured|photographed|taken|shown)\b"
    return shown or re.search(aside, core) is not None


def looks_like_a_name(core: str) -> bool:
    """Whether ``core`` may be a by-line: two words with capitals, perhaps an initial between, that are no title."""
    if is_known(core) or is_question(core) or _capitals(core.split()) < 1:
        return False
    return re.fullmatch(r"[^\W\d_a-z][\w'’-]+ (?:[^\W\d_a-z]\. )?[^\W\d_a-z][\w'’-]+", core) is not None


def looks_technical(text: str) -> bool:
    """Whether ``text`` is an address, code or a line of a table rather than words."""
    return _TECHNICAL.search(text) is not None


def starts_credit(core: str) -> bool:
    """Whether ``core`` names the source of a picture or invites to read something else."""
    return _CREDIT.match(core) is not None


def _capitals(words: list[str]) -> float:
    """Share of the words that matter and have letters or digits that begin with a capital or a digit."""
    lettered = [word for word in words if any(map(str.isalnum, word))]
    large = [
        word for at, word in enumerate(lettered) if not at or word.strip("“”\"'’‘()?!:,.—–").casefold() not in _SMALL
    ]
    capital = sum(1 for word in large if (bare := word.lstrip("“\"'‘([")) and (bare[0].isupper() or bare[0].isdigit()))
    return capital / len(large) if large else 0.0
