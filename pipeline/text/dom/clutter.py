"""What stands on a page but is no part of its article: hidden things, navigation, boxes of all sorts.

Every answer is a reason in words, for the reader's report. Names of classes and ids are only believed where the
element holds a small share of the article: many pages name their whole body ``with-sidebar`` or the like.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from pipeline.text.dom.source import Element, tag, words_of
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from pipeline.text.dom.page import Page

_NAMES = {
    "nav": "navigation",
    "footer": "page footer",
    "dialog": "dialogue box",
    "menu": "menu",
    "button": "control",
    "input": "control",
    "select": "control",
    "textarea": "control",
    "progress": "control",
    "meter": "control",
    "amp-ad": "advertisement",
    "amp-sticky-ad": "advertisement",
    "amp-embed": "advertisement",
    "amp-consent": "cookie notice",
    "amp-sidebar": "menu",
    "amp-social-share": "share buttons",
}
_ROLES = {
    "navigation": "navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "search": "search box",
    "dialog": "dialogue box",
    "alertdialog": "dialogue box",
    "menu": "menu",
    "menubar": "menu",
    "toolbar": "toolbar",
    "button": "control",
}
_SILENT = terms("script style link meta template noscript svg source track area map param base head title canvas")
"""Elements that never hold text for readers; leaving them out is not worth a line in the report."""

_KINDS = (
    (
        "newsletter box",
        "newsletter newsletters subscribe subscribebox subscription signup signupform emailsignup mailinglist mailing "
        "optin abonnement abonnieren",
    ),
    ("cookie notice", "cookie cookies cookiebanner cookiebar cookienotice cookieconsent consent gdpr ccpa onetrust"),
    (
        "share buttons",
        "share sharing shares sharebar sharer sharebuttons sharelinks sharetools social socialmedia socialshare "
        "addtoany sharedaddy tweetbutton followus teilen partager compartir",
    ),
    (
        "comments",
        "comments commentlist commentsection disqus respond discussion comment-form commentform kommentare "
        "commentaires comentarios commenti reacties",
    ),
    (
        "related links",
        "related relatedposts relatedarticles relatedlinks relatedcontent recommended recommendations recirc "
        "recirculation outbrain taboola readnext readmore readalso seealso trending popular mostread most-popular "
        "morestories morenews further-reading onward morefrom youmaylike youmightlike zumthema mehrzumthema lireaussi "
        "aussi similarposts crosslinks",
    ),
    (
        "advertisement",
        "ad ads advert adverts advertisement advertising sponsor sponsored promo promotion adslot dfp adsense cta "
        "freetrial anzeige werbung publicite publicidad",
    ),
    (
        "navigation",
        "nav navigation navbar navbox breadcrumb breadcrumbs menu pagination pager pagenav postnav navlinks prevnext "
        "nextprev previousnext toc tableofcontents skiplink skipnav skiptocontent jumplink sitenav",
    ),
    ("page footer", "footer sitefooter colophon"),
    ("sidebar", "sidebar"),
    ("about the author", "authorbio author-bio bio-box aboutauthor about-author authorbox author-box authorcard"),
    ("notice to editors", "ambox"),
    ("editing link", "editsection mw-editsection editlink edit-link editpage editthispage"),
    ("popup", "popup modal overlay lightbox paywallbar paywallmodal paywallprompt regwall toast"),
    ("print or tool links", "noprint printonly print-only toolbar tools articletools pagetools printfooter"),
    (
        "byline",
        "byline dateline timestamp postmeta entry-meta post-meta article-meta articlemeta author-info entryutility "
        "postedin",
    ),
    ("tags", "tags taglist tag-list entry-tags post-tags post-categories cat-links catlinks tag-links"),
)
_WORDS = {word: kind for kind, words in _KINDS for word in words.split()}
_IDS = {word: kind for word, kind in _WORDS.items() if kind not in ("byline", "tags")} | {
    "comments-section": "comments",
    "jump-to-nav": "navigation",
    "sitesub": "navigation",
    "contentsub": "navigation",
    "catlinks": "tags",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = terms(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text hidden hide offscreen off-screen "
    "a11y-hidden u-hidden is-hidden invisible"
)
_BOXES = frozenset(("div", "section", "table", "aside"))
_GALLERY = frozenset(("gallery", "slideshow", "carousel"))
_PICTURES = 13
"""Pictures or entries from which a gallery is a thing to look through rather than part of the text."""
_SHARE = 0.4
"""An element named like clutter is believed to be so below this share of the article's letters."""
_DOUBTFUL = frozenset(
    ("share buttons", "advertisement", "navigation", "page footer", "tags", "print or tool links", "popup", "sidebar")
)
_PROSE = 800
"""Letters outside links from which a box of a doubtful kind is taken for text after all."""
_BYLINE = 200
"""Letters that a byline may have."""


def is_silent(element: Element) -> bool:
    """Whether ``element`` never holds text for readers."""
    return tag(element) in _SILENT


def why_hidden(element: Element) -> str:
    """Why nobody sees ``element`` on the page; empty where it is seen."""
    if element.get("hidden") is not None and element.get("hidden", "").lower() != "until-found":
        return "hidden on the page"
    if (element.get("aria-hidden") or "").lower() == "true" and tag(element) not in ("img", "math"):
        return "hidden from screen readers"
    if _HIDDEN.search(element.get("style") or ""):
        return "hidden on the page"
    classes = words_of(element, "class")
    if _UNSEEN & classes and not any(":" in word for word in classes):  # ``hidden md:block`` is seen on wide screens
        return "hidden on the page"
    return ""


def why_clutter(element: Element, page: Page, *, whole: bool = False) -> str:
    """What kind of clutter ``element`` is; empty where it belongs to the article.

    Args:
        element: A block, or a part of a line.
        page: The page it stands on.
        whole: Believe only whole class names: a link in a line may be called ``toc-backref`` and belong to it.
    """
    if page.own:
        return ""
    name = tag(element)
    small = page.letters.get(element, 0) <= _SHARE * page.letters[page.root]
    if name == "footer" and next(element.iterancestors("blockquote", "figure"), None) is not None:
        return ""  # there it names the source
    if name in _NAMES:
        return _NAMES[name]
    if name == "aside" and small and is_linked(element, page):
        return "links beside the text"
    if not whole and _is_gallery(element, page):
        return "picture gallery"
    if name == "form":
        return "form" if small else ""
    for role in words_of(element, "role"):
        if role in _ROLES and small:
            return _ROLES[role]
    if not small or re.fullmatch(
        r"h[1-6]|body|html|article|main|pre|code|li|tr|td|th|tbody|figure|figcaption|math", name
    ):
        return ""
    kind = _kind_of(element, whole)
    if kind == "byline" and page.letters[element] > _BYLINE:
        return ""
    if kind in _DOUBTFUL and page.letters[element] - page.linked[element] > _PROSE:
        return ""
    if kind and page.notes.labels and any(below in page.notes.labels for below in element.iter()):
        return ""  # notes at the foot of a page often stand in something called a footer
    return kind


def is_link_list(element: Element, page: Page) -> bool:
    """Whether ``element`` is a block of at least three links and hardly anything else."""
    letters = page.letters.get(element, 0)
    if page.own or tag(element) not in _BOXES:
        return False
    if not 0 < letters <= _SHARE * page.letters[page.root] or page.linked[element] < 0.8 * letters:
        return False
    return sum(1 for _ in element.iter("a")) >= 3


def is_linked(element: Element, page: Page) -> bool:
    """Whether more than half of what ``element`` says belongs to links, and there are several of them."""
    if page.linked[element] <= page.letters[element] / 2:
        return False
    return sum(1 for _ in islice(element.iter("a"), 3)) == 3


def _is_gallery(element: Element, page: Page) -> bool:
    if not _GALLERY.intersection(_pieces(element)) or page.letters.get(element, 0) > 0.9 * page.letters[page.root]:
        return False
    return sum(1 for _ in islice(element.iter("img", "li"), _PICTURES)) == _PICTURES


def _kind_of(element: Element, whole: bool) -> str:
    for word in words_of(element, "class"):
        for part in [word] if whole else _parts(word):
            if part in _WORDS:
                return _WORDS[part]
    return _IDS.get((element.get("id") or "").lower().replace("_", "-"), "")


def _pieces(element: Element) -> list[str]:
    return [piece for word in words_of(element, "class") for piece in _parts(word)]


def _parts(word: str) -> list[str]:
    """A class and the words it is made of: ``post-share__list`` → itself, ``post``, ``share``, ``list``."""
    pieces = [piece for piece in re.split(r"[^a-z0-9]+", word) if piece]
    return [word, *pieces, *("".join(pair) for pair in pairwise(pieces))]
