"""Timeline becomes files."""

from pipeline.publish.cover import cover as make_cover
from pipeline.publish.room import Draft, draft, file_at, get_ready, rendition, write_audio, write_sidecars

__all__ = ["Draft", "draft", "file_at", "get_ready", "make_cover", "rendition", "write_audio", "write_sidecars"]
