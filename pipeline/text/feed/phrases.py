"""Phrases that programs put into feeds, in the languages that they come in; what is a pattern is one line of text."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


ORIGIN = _any(
    r"(?:the|this) (?:post|article|entry|story)\b.{1,200}\bappeared first (?:on|in|at)\b.*",
    r".{1,200}\bwas originally published in .{1,120}\bon Medium\b.*",
    r"(?:der|dieser) (?:beitrag|artikel)\b.{1,200}\b(?:erschien|ist) zuerst (?:erschienen )?(?:auf|bei|in)\b.*",
    r"(?:l['’]|cet )article\b.{1,200}\best apparu en premier sur\b.*",
    r"(?:la|esta) entrada\b.{1,200}\b(?:se publicó|aparece|apareció) primero en\b.*",
    r"l['’]articolo\b.{1,200}\b(?:proviene da|sembra essere il primo su)\b.*",
    r"(?:het|dit) (?:bericht|artikel)\b.{1,200}\bverscheen eerst op\b.*",
    r"o (?:post|artigo)\b.{1,200}\bapareceu primeiro em\b.*",
    r"inlägget\b.{1,200}\bdök först upp på\b.*",
    r"artykuł\b.{1,200}\bpochodzi z serwisu\b.*",
    r"(?:thanks|thank you) for reading .{1,120}[!.] (?:subscribe for free|this post is public)\b.*",
    r"(?:filed under|tagged|posted in)\b:? .{1,120}",
    r"(?:copyright )?© ?\d{4}\b.{0,120}",
)
"""A whole line at the end: where the article appeared first, how it is filed, whose it is."""

LINKS = _any(
    r"subscribe(?: now)?",
    r"share(?: this(?: post| article| story)?| on \w{1,20})?",
    r"leave a comment",
    r"(?:view )?(?:\d{1,6} )?comments?",
    r"permalink",
    r"tweet(?: this)?",
    r"(?:e-?mail|print|pin|digg) (?:this|it)(?: post| article)?",
    r"reply (?:by|via) e-?mail",
    r"discuss(?: this(?: post| article)?)? (?:on|at) .{1,40}",
    r"add to (?:del\.icio\.us|digg|facebook|twitter|any)",
    r"give a gift subscription",
    r"upgrade to paid",
    r"refer a friend",
    r"get \d{1,2}% off.{0,60}",
    r"kommentare|commentaires|comentarios|commenti|reacties",
)
"""The whole text of a link that shares, subscribes or comments."""

MORE = _any(
    r"(?:read|see|view|get) (?:more|on|(?:the )?(?:rest|full|whole|entire|complete|original))\b.{0,120}",
    r"(?:continue|keep) reading\b.{0,160}",
    r"(?:full|whole) (?:story|article|post|text)\b.{0,40}",
    r"more(?: at| on| from)?\b.{0,60}",
    r"click (?:here )?(?:to|for) (?:read|more|continue|the (?:full|rest))\b.{0,60}",
    r"(?:weiterlesen|mehr lesen|weiter lesen)\b.{0,80}",
    r"zum (?:ganzen |vollständigen )?(?:artikel|beitrag)\b.{0,60}",
    r"(?:lire (?:la suite|plus|l['’]article)|en savoir plus)\b.{0,100}",
    r"(?:leer más|seguir leyendo|sigue leyendo|continuar leyendo)\b.{0,100}",
    r"(?:continua a leggere|leggi (?:tutto|di più|l['’]articolo)|continua la lettura)\b.{0,100}",
    r"(?:lees (?:meer|verder)|verder lezen)\b.{0,80}",
    r"(?:läs (?:mer|vidare)|les (?:mer|videre)|læs (?:mere|videre)|lue lisää)\b.{0,80}",
    r"(?:leia mais|ler mais|continue (?:lendo|a ler))\b.{0,80}",
    r"(?:czytaj (?:dalej|więcej)|číst (?:dál|více)|devamını oku)\b.{0,80}",
    r"(?:читать (?:далее|дальше|полностью)|читати далі|подробнее)\b.{0,80}",
    r"(?:続きを読む|阅读全文|閱讀全文|阅读更多|閱讀更多|더 보기).{0,40}",
)
"""A line, or the last link of one, that leads on to the rest of the text."""

WALL = _any(
    r"\bthis (?:post|article|story|episode) is for (?:(?:paid|paying|premium) )?(?:subscribers|members)\b",
    r"\b(?:paid|paying|premium) (?:subscribers|members) only\b",
    r"\bonly (?:for|available to) (?:(?:paid|paying|premium) )?(?:subscribers|members)\b",
    r"\b(?:subscribe|sign in|log in|become a (?:member|subscriber)|upgrade) to (?:read|continue|unlock|keep|see)\b",
)
"""Said somewhere in a line: the rest is for those who pay."""

CUT = re.compile(r"(?:[\[(]\s*(?:…|\.{2,}|more…?)\s*[\])]|…|\.{3,})\s*[»›→>]*$")
"""The end of a text that goes on elsewhere."""
