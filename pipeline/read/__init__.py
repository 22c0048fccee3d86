"""The first room: articles in, documents out."""

from pipeline.read.original import is_address
from pipeline.read.room import articles, complete, read

__all__ = ["articles", "complete", "is_address", "read"]
