"""Bytes become a document."""

from pipeline.read.room import read

__all__ = ["read"]
