"""Every error that articlecast raises on purpose.

    PipelineError
    ├── UsageError            the caller asked for something that does not exist      exit 2
    │   ├── ConfigError       show.toml or show.lock.toml is wrong, all mistakes at once
    │   ├── ReadError         the article cannot be read
    │   │   ├── SeveralArticles  where one was asked for
    │   │   └── Answered      a server gave another answer than the page; Gone: there is none
    │   ├── ScriptError       the narration script breaks its grammar
    │   └── MissingDependency an optional package is not installed
    ├── NeedsPerson           the script has open conflicts                           exit 3
    ├── SpeakError            utterances that no take of the voice could speak        exit 1
    ├── EncodeError           a codec refused                                         exit 1
    ├── StoreError            the store cannot be read or written                     exit 1
    └── WriteError            an output file cannot be written                        exit 1

Errors are dataclasses of plain values, so each can be pickled and cross a process; they are not frozen, since Python
writes a traceback into an error that passes through a context manager. ``str(error)`` is the one
line that a person reads: what is wrong, where, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class PipelineError(Exception):
    """Root of all errors of this package.

    Attributes:
        message: What is wrong and what to do about it, in one line.
        where: A path, an address or ``file:line``; empty when there is no place to name.
    """

    message: str
    where: str = ""

    exit_code = 1

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), tuple(getattr(self, name) for name in self.__dataclass_fields__))


class UsageError(PipelineError):
    """The caller named something that does not exist or cannot be used that way."""

    exit_code = 2


class ConfigError(UsageError):
    """``show.toml`` or ``show.lock.toml`` is wrong; the message lists every mistake with its path."""


class ReadError(UsageError):
    """An article cannot be read as a document."""


class SeveralArticles(ReadError):
    """There are several articles where one was asked for."""


class ScriptError(UsageError):
    """A narration script breaks its grammar; ``where`` is ``file:line``."""


class MissingDependency(UsageError):
    """An optional package is missing; the message holds the install line."""


class NeedsPerson(PipelineError):
    """A person must decide: the script holds conflicts between their edits and the article."""

    exit_code = 3


@dataclass(eq=False)
class SpeakError(PipelineError):
    """Utterances that could not be spoken.

    Attributes:
        utterances: Ids of the utterances that have no clip.
    """

    utterances: tuple[str, ...] = ()

    __str__ = PipelineError.__str__


class EncodeError(PipelineError):
    """A codec refused the samples or gave other frames than it promises."""


class StoreError(PipelineError):
    """The store cannot be reached, read or written."""


class WriteError(PipelineError):
    """A file of the episode or the script cannot be written (no space, no permission)."""
