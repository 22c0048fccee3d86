"""Approval of scripts, where the show asks for it: of what a page shows, not of what the file says by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.build import approval, reviewing
from pipeline.build.session import start
from pipeline.errors import NeedsPerson

if TYPE_CHECKING:
    from pipeline.build.reviewing import Reviewed
    from pipeline.build.session import Options


def state(options: Options, found: Reviewed) -> str:
    """``"approved"`` or ``"waiting"``; empty where the show asks for no approval, or the script cannot be read."""
    session = start(options)
    if not session.show.publishing.review or not found.sections:
        return ""
    return "approved" if approval.is_approved(session, found.name, found.path) else "waiting"


def approve(options: Options, name: str, digest: str) -> None:
    """Note that a person has approved a script.

    Args:
        options: Which show.
        name: Of the episode.
        digest: Of the file that the person has seen.

    Raises:
        NeedsPerson: The file says something else by now.
    """
    found = reviewing.opened(options, name)
    if found.digest != digest:
        raise NeedsPerson("the script has changed since this page was made: load it again, and look")
    approval.approve(start(options), (found.path,))
