"""The first room: articles in, documents out."""

from pipeline.read.room import read

__all__ = ["read"]
