"""What a page's article still carries after the walk and does not belong: repeated title, byline, closing boxes."""

from __future__ import annotations

import re
import unicodedata

from pipeline.model.document import Block, Break, Figure, Footnote, Heading, List, Omission, Paragraph, plain
from pipeline.text.plain_calendar import date_in
from pipeline.text.plain_terms import terms
from pipeline.text.plain_words import text_of

Blocks = tuple[Block, ...]

_BOXES = terms(
    "related|related articles|related stories|related posts|related content|related topics|related links|"
    "read more|read next|read also|more stories|more from|more on this story|more on this|you may also like|"
    "you might also like|you may also be interested in|recommended|recommended for you|most read|most popular|popular|"
    "trending|latest news|latest posts|recent posts|share|share this|share this article|share this story|"
    "share this post|follow us|newsletter|subscribe|subscribe to our newsletter|sign up|sign up for our newsletter|"
    "comments|leave a comment|leave a reply|post a comment|join the conversation|tags|topics|about the author|"
    "navigation menu|advertisement|"
    "zum thema|mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren|weitere artikel|"
    "ähnliche artikel|ähnliche beiträge|teilen|artikel teilen|kommentare|kommentar schreiben|schlagwörter|"
    "schlagworte|newsletter abonnieren|über den autor|über die autorin|"
    "lire aussi|à lire aussi|à lire également|sur le même sujet|articles liés|articles similaires|partager|"
    "commentaires|laisser un commentaire|mots-clés|à propos de l'auteur|dans la même rubrique|"
    "noticias relacionadas|artículos relacionados|te puede interesar|más noticias|compartir|comentarios|"
    "deja un comentario|etiquetas|leggi anche|articoli correlati|potrebbe interessarti|condividi|commenti|"
    "leia também|notícias relacionadas|artigos relacionados|comentários|compartilhe|lees ook|reacties|"
    "gerelateerde artikelen|meer over dit onderwerp|czytaj także|komentarze|läs också|læs også|les også|"
    "читайте также|комментарии|поделиться|相关阅读|相关新闻|相关文章|相关推荐|推荐阅读|热门文章|猜你喜欢|"
    "你可能会喜欢|评论|網友評論|相關新聞|相關閱讀|関連記事|おすすめ記事|人気記事|コメント|タグ|관련기사|댓글",
    "|",
)
_SHORT = 220
"""Characters of a paragraph up to which it may be part of a box of links."""
_BYLINE = re.compile(
    r"(?:(?:written |posted |published )?by\s+\S+(?:\s+\S+){0,9}"
    r"|(?-i:[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Dd]i|Text:)\s+(?-i:[^\W\d_a-zß-ÿ][\w.'’-]*\s*){1,4}"
    r"|(?:last |first )?(?:published|updated|posted|modified)\b.{0,80}"
    r"|\d{1,3}[- ]min(?:ute)?[sn]?(?: read| lesezeit)?"
    r"|(?:\w{3,9}\.?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+\w{3,9}\.?,?|\w{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?)\s+\d{4}"
    r"(?:[,\s|·•-]+(?:at\s+)?[\d:.]{4,8}\s*\w{0,4})?"
    r"|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_DATED = 60
"""Characters of a line that holds the date of publication and little else."""
_LINE = 120
"""Characters that a byline may have."""
_HEAD = 8
"""Blocks at the beginning among which the title and the byline are looked for."""


def same_text(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, quotation marks, dashes and punctuation around them."""
    return _bare(one) == _bare(other)


def without_title(blocks: Blocks, title: str) -> Blocks:
    """``blocks`` without the headings near the beginning, or of level 1, that only repeat ``title``."""
    return tuple(
        block
        for at, block in enumerate(blocks)
        if not (isinstance(block, Heading) and (at < _HEAD or block.level == 1) and same_text(plain(block.text), title))
    )


def without_byline(
    blocks: Blocks, authors: tuple[str, ...], published: str = ""
) -> tuple[Blocks, tuple[Omission, ...]]:
    """``blocks`` without the lines in front that only name the authors or the date (``YYYY-MM-DD``)."""
    names = {_bare(name) for name in authors}

    def is_byline(block: Block) -> bool:
        text = plain(block.text) if isinstance(block, Paragraph | Heading) else ""
        if not text or len(text) > _LINE:
            return False
        if _BYLINE.fullmatch(text) or _bare(text) in names:
            return True
        said = len(text) <= _DATED and text[-1] not in ".!?"
        return said and isinstance(block, Paragraph) and bool(published) and date_in(text) == published

    kept = tuple(block for at, block in enumerate(blocks) if at >= _HEAD or not is_byline(block))
    gone = [block for block in blocks[:_HEAD] if is_byline(block)]
    return kept, tuple(_omission(block, "byline") for block in gone)


def without_boxes(blocks: Blocks) -> tuple[Blocks, tuple[Omission, ...]]:
    """``blocks`` without sections such as “Related articles” that hold links and short lines only.

    Headings at the very end, with nothing under them, go too.
    """
    kept: list[Block] = []
    gone: list[Omission] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        end = _section_end(blocks, at) if isinstance(block, Heading) and _is_box(block) else at
        if end > at and all(map(_is_boxy, blocks[at + 1 : end])):
            gone.append(_omission(block, "box of links or forms"))
            at = end
        else:
            kept.append(block)
            at += 1
    while kept and isinstance(kept[-1], Heading | Break):
        last = kept.pop()
        gone.extend([_omission(last, "heading without a text")] if isinstance(last, Heading) else [])
    return tuple(kept), tuple(gone)


def _section_end(blocks: Blocks, at: int) -> int:
    """Index of the next heading that is not below the one at ``at``, or of the end."""
    first = blocks[at]
    level = first.level if isinstance(first, Heading) else 0
    for later in range(at + 1, len(blocks)):
        block = blocks[later]
        if isinstance(block, Heading) and block.level <= level:
            return later
    return len(blocks)


def _is_box(heading: Heading) -> bool:
    text = _bare(plain(heading.text))
    text = re.sub(r"\s*[(\[（]\d+[)\]）]$", "", text)
    return text in _BOXES or bool(
        re.fullmatch(r"(?:\d+|no) (?:\w+ )?(?:comments?|responses?|repl(?:y|ies)|kommentare?)", text)
    )


def _is_boxy(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return len(plain(block.text)) <= _SHORT
    if isinstance(block, List):
        return all(len(text_of(item.blocks)) <= _SHORT for item in block.items)
    return isinstance(block, Figure | Break | Heading) and not isinstance(block, Footnote)


def _omission(block: Block, why: str) -> Omission:
    text = plain(block.text) if isinstance(block, Heading | Paragraph) else text_of([block])
    short = text if len(text) <= 60 else text[:59].rstrip() + "…"
    return Omission(what=" ".join(short.split()), why=why, position=block.position)


def _bare(text: str) -> str:
    """``text`` folded for comparison: case, compatibility forms, quotation marks, dashes and blanks."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‘’‚‛′`´\"“”„«»″']", "'", text)
    text = re.sub(r"[‐-―−]", "-", text)
    return " ".join(text.split()).strip(" .:¶#|-!'")
