"""The room that puts a document into words, and keeps a person's edits of them."""

from typing import TYPE_CHECKING, Any

from pipeline.narrate.conflict_marks import dumps_merged
from pipeline.narrate.merge import Conflict, Merged, merge
from pipeline.narrate.profile import profile_of
from pipeline.narrate.script_file import dumps, loads

if TYPE_CHECKING:
    from pipeline.narrate.room import narrate

__all__ = ["Conflict", "Merged", "dumps", "dumps_merged", "loads", "merge", "narrate", "profile_of"]


def __getattr__(name: str) -> Any:
    """Bring in the narration itself when it is asked for: a script that is known is read and merged without it."""
    if name != "narrate":
        raise AttributeError(f"module 'pipeline.narrate' has no attribute {name!r}")
    from pipeline.narrate.room import narrate

    return narrate
