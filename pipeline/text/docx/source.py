"""What is known about a part of a Word file while it is being read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.text.docx.fields import Fields
    from pipeline.text.docx.found import Found
    from pipeline.text.docx.package import Link
    from pipeline.text.docx.styles import Styles
    from pipeline.text.docx.survey import Survey
    from pipeline.text.dom.source import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known about the part that is being read.

    Attributes:
        marks: How notes are counted, by kind (``"footnotes"``): the form of their numbers.
        targets: Names of the places in the file that links point at.
        bodies: Elements that hold the notes' texts, by kind and id.
        in_note: Whether the part holds notes.
    """

    styles: Styles
    survey: Survey
    links: Mapping[str, Link]
    fields: Fields
    found: Found
    marks: Mapping[str, str]
    targets: frozenset[str]
    bodies: Mapping[tuple[str, str], Element]
    in_note: bool = False
