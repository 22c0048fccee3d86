"""Short lines that stand in an article without being its text: credits, captions, invitations, dates, letter parts."""

from __future__ import annotations

import re

from pipeline.text.plain_terms import terms

_NAME = r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}"
_CREDIT = re.compile(
    r"(?:(?:words|text|story|written|posted|published|updated|translated|edited|photographs?|photography|reporting"
    r"|illustrations?|portraits?|video|screenshot|screengrab|graphic|artwork)(?: (?:and|&) \w+)?(?: by\b|:| courtesy\b)"
    r"|(?:published|posted|updated)(?: on)? (?=\d|\w+ \d)"
    r"|(?:above|below|by|von|par|to|left|right|pictured|caption|watch|listen|more|read|lire aussi|also read|read also"
    r"|picture|pic|photos?|credits?|crédits?|fotos?|vidéo|à lire|auch interessant|lesen sie auch|images?|bild|abbildung"
    r"|source|quelle|figure|share|related|via)(?: ?:| ?/ |$)|see also ?:"
    r"|(?:figure|fig\.|abb\.|abbildung|image|photo|foto|bild) (?:\d|by\b|courtesy\b|credits?\b|©)"
    rf"|(?-i:(?:[Bb]y|[Vv]ia|[Vv]on|[Pp]ar) {_NAME}(?: (?:and|und|et|&) {_NAME})?(?:$|[,|·•–—]|\s+\d))"
    r"|additional reporting\b|by our\b|from our\b|from left\b|clockwise from\b|\(?l[ -](?:to )?-?r\b"
    r"|\d+[ -]min(?:ute)?s? read\b|copyright (?:\d|©|\(c\)|by\b)|©|\(c\) |courtesy(?: of|:)? (?-i:[^\Wa-z])"
    r"|read (?:more|the full|our|next)\b|mehr zum thema\b|main article\b|further information\b"
    r"|related (?:articles?|stories|posts|content|links)\b|share (?:this|on)\b|advert|sponsored\b|anzeige$|publicité$"
    r"|getty\b|sign up\b|subscribe (?:to|now|here)\b|follow us\b|click (?:here|on)\b|tap here\b|scroll down\b"
    r"|continue reading\b|story continues\b|don.t miss\b|all rights reserved|video shows\b|jump to\b|skip to\b"
    r"|play video\b|add to cart\b|view price\b)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:^|[\s/|,(–—-])(?:getty(?: images)?|reuters|afp|ap photo|ap images|associated press|shutterstock|istock"
    r"|unsplash|flickr|wikimedia(?: commons)?|alamy|picture alliance|imago|epa|press association|pa wire|handout"
    r"|file photo|pixabay|pexels|courtesy photo|creative commons|cc[ -]by(?:-\w\w)*(?: \d\.\d)?)\)?$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:photographs?|photos?|pictures|illustrations?|fotos?|bilder|photographies?)(?: by)? ?: ?\S", re.IGNORECASE
)
_SCENE = re.compile(r"(?:The|A|An|One of the) [^,.:;?!]{3,40}, (?:with|in|on|at|near|from|after|before|during|just)\b")
_SIDE = re.compile(
    r"\((?:left|right|above|below|centre|center|top|bottom|pictured|l|r|links|rechts|à gauche|à droite)\)"
    r"|\((?:from|by|via|photo|source|courtesy|credit|image)\b[^)]*\)$"
    r"|, (?:seen|pictured|photographed|taken|shown)\b",
    re.IGNORECASE,
)
_CAPITAL = r"[^\W\d_a-z][\w.'’-]*"
_WHO = re.compile(
    rf"{_CAPITAL}(?: {_CAPITAL}){{1,3}}, (?:[^\WA-Z]|{_CAPITAL} [^\WA-Z])"
    rf"|{_CAPITAL}(?: {_CAPITAL}){{1,3}}, {_CAPITAL}$|{_CAPITAL}(?: {_CAPITAL}){{0,3}}, \d{{4}}$"
    rf"|{_CAPITAL} {_CAPITAL}(?:, {_CAPITAL} {_CAPITAL})+,? (?:and|und|et|y) {_CAPITAL} {_CAPITAL}$"
)
_SHOUTED = re.compile(r"[A-Z][A-Z'’ ]{2,}: \S")
_SLASH = re.compile(r"[^\W\d_][\w.'’-]+ ?/ ?[^\W\d_a-z][\w.'’ -]{2,}$")
_MONTH = (
    r"(?:jan(?:uary|uar|\.)?|feb(?:ruary|ruar|\.)?|mar(?:ch|\.)?|märz|apr(?:il|\.)?|may|mai|june?|juni|july?|juli"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
    r"|dez(?:ember|\.)?|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)"
)
_DAY = (
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_DATE = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th|\.|er)?\s+{_MONTH}[,.]?(?:\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b[,.]?(?:\s+\d{{4}})?"
    rf"|(?:{_MONTH}|spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver),?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[:.]\d\d\b|^1\d{3}$|^20\d\d$",
    re.IGNORECASE,
)
_BESIDE_DATE = re.compile(
    rf"\b(?:{_DAY}|a\.?m|p\.?m|(?-i:[A-Z]{{1,3}}T)|updated|published|posted|uhr|at|on|um|am|le|à)\b", re.IGNORECASE
)
_LETTER = re.compile(
    r"(?:(?:hello|hi|hey) (?:all|everyone|everybody|there|again|readers?|friends?)|p\.?\s?s\.?:?"
    r"|(?:dear|liebe[rs]?|sehr geehrte[rs]?|chers?|chère|hola|caro|cara)(?: [^\W\d]+){1,4}"
    r"|(?:yours|best|kind|kindest|warm|warmest|with|mit|viele|herzliche|sincerely|respectfully|lots of|much|many)\b.*"
    r"\b(?:regards|wishes|love|thanks|sincerely|faithfully|truly|ever|grüßen?)"
    r"|yours|sincerely|regards|cheers|thank you|cordialement|atentamente|hochachtungsvoll)[,.!]?(?: [A-Z].*)?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d+ (?:comments?|shares|likes|fans|views|kommentare|commentaires|comentarios)\b")
_AGO = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?|years?) ago$|\bvor \S+ (?:minuten?|stunden?|tag(?:en)?)$"
    r"|\b(?:hace|il y a) \S+ (?:minut[oe]s?|horas?|heures?|días?|jours?)$"
)
_BUTTONS = terms(
    "print|e-mail|email|facebook|twitter|instagram|youtube|whatsapp|linkedin|pinterest|reddit|share|share this story|"
    "tweet|comments|comment|reply|advertisement|log in|login|sign in|subscribe|newsletter|get alerts|play video|"
    "video transcript|transcript|related|related articles|related stories|more|next|previous|top stories|loading|"
    "close|search|menu|follow|like|sign up|most popular|recommended|latest|trending|try again|back to top|home|"
    "skip ad|view gallery|drucken|teilen|kommentare|imprimer|partager|commentaires",
    "|",
)


def is_residue(core: str) -> bool:
    """Whether ``core`` names the source of a picture, invites to read something else, or is a label of a web page."""
    if _CREDIT.match(core) or _AGENCY.search(core) or _SHOUTED.match(core) or _WITHIN.search(core):
        return True
    small = core.casefold()
    return small.strip(" .:!»›>") in _BUTTONS or _COUNTED.match(small) is not None or _AGO.search(small) is not None


def looks_like_a_caption(core: str, *, titled: bool) -> bool:
    """Whether ``core`` tells what a picture shows: “A child looks at …”, “… (left)”, “…, seen from …”, “Name/Agency”.

    Args:
        core: One line.
        titled: Whether its words begin with capitals, as a title's do.
    """
    shown = re.match(r"An? (?:\S+ ){1,2}\w+(?:[^\Ws]s|ing)\s", core) is not None and not titled
    return (
        shown
        or (_SCENE.match(core) is not None and not titled)
        or _SIDE.search(core) is not None
        or _SLASH.search(core) is not None
    )


def says_who(core: str) -> bool:
    """Whether ``core`` is a name with an office, a place or a year behind a comma, as below a picture."""
    return _WHO.match(core) is not None


def is_date(core: str) -> bool:
    """Whether ``core`` says when and hardly more: what is left beside date and time has fewer words than they."""
    when = sum(len(found[0].split()) for found in _DATE.finditer(core))
    if not when:
        return False
    rest = _BESIDE_DATE.sub(" ", _DATE.sub(" ", core))
    return len(re.findall(r"[^\W\d_]{2,}", rest)) < when


def is_year(core: str) -> bool:
    """Whether ``core`` is a year and nothing else, as the headings of a life are."""
    return re.fullmatch(r"1\d{3}|20\d\d", core) is not None


def is_letter_part(core: str) -> bool:
    """Whether ``core`` greets or takes leave as the first and the last lines of a letter do."""
    return _LETTER.match(core) is not None
