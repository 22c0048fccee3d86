"""Which listening profile holds: the one named, with what the show wants otherwise."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.model.show import PROFILES, QUOTE_VOICE

if TYPE_CHECKING:
    from pipeline.model.show import Profile, Show


def profile_of(show: Show, name: str = "") -> Profile:
    """The profile of a show's narrations.

    What the show wants otherwise than its profile holds in every profile.

    Args:
        show: The show.
        name: Another profile than the show's; empty for the show's own.

    Raises:
        UsageError: There is no profile of that name.
    """
    name = name or show.profile
    if name not in PROFILES:
        near = get_close_matches(name, PROFILES, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"there is no profile {name!r}: have {', '.join(PROFILES)}{hint}")
    profile = replace(PROFILES[name], **dict(show.say))
    if profile.quotes == "read" and any(voice.name == QUOTE_VOICE for voice in show.voices):
        profile = replace(profile, quotes="voice")
    return profile
