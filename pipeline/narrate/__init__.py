"""The room that puts a document into words, and keeps a person's edits of them."""

from pipeline.narrate.conflict_marks import dumps_merged
from pipeline.narrate.merge import Conflict, Merged, merge
from pipeline.narrate.profile import profile_of
from pipeline.narrate.room import narrate
from pipeline.narrate.script_file import dumps, loads

__all__ = ["Conflict", "Merged", "dumps", "dumps_merged", "loads", "merge", "narrate", "profile_of"]
