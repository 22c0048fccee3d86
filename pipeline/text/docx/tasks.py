"""Boxes to tick in a Word file: letters, symbols, content controls, fields of a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.docx.names import W14, W, is_on

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

TICKED = {"☐": False, "☑": True, "☒": True, "🗹": True, "🗷": True, "🗸": True, "◻": False}
"""Boxes → whether they are ticked."""
WINGDINGS = {0xA8: "☐", 0x6F: "☐", 0xFE: "☑", 0xFD: "☒"}
"""The same in the font Wingdings."""
_ANY_BOX = re.compile(f"[{''.join(TICKED)}]")


def box_of(begin: Element) -> str:
    """The box that a ``FORMCHECKBOX`` field shows: ☒ or ☐."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return "☐"
    said = box.find(f"{W}checked")
    said = said if said is not None else box.find(f"{W}default")
    return "☒" if said is not None and is_on(said) else "☐"


def boxes_in(paragraph: Element) -> int:
    """How many boxes to tick a paragraph holds."""
    count = sum(1 for _ in paragraph.iter(f"{W14}checkbox"))
    if not count:
        count = sum(len(_ANY_BOX.findall(text.text)) for text in paragraph.iter(f"{W}t") if text.text)
        count += sum(1 for sym in paragraph.iter(f"{W}sym") if (sym.get(f"{W}font") or "").lower() == "wingdings")
        count += sum(1 for _ in paragraph.iter(f"{W}checkBox"))
    return count
