"""``show.lock.toml``: what must last beside the scripts — identities of episodes, gains and paces of voices."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.model.codec import from_plain, to_plain
from pipeline.store.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

NAME = "show.lock.toml"
_HEAD = "# Kept by articlecast: identities of episodes and levels of voices. Keep it in version control.\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedVoice:
    """A voice as calibrated.

    Attributes:
        gain_db: Brings the voice to the target, limiter included.
        fingerprint: The engine's, when it was measured.
        target: What was aimed at; another aim or another fingerprint asks for a new measurement.
        syllables_per_s: Its pace at 100 % of its rate; 0.0 in a lock that was written before paces were measured.
        sample_rate_hz: What its sound comes at; 0 likewise.
    """

    gain_db: float
    fingerprint: str
    target: str
    syllables_per_s: float = 0.0
    sample_rate_hz: int = 0

    def answers(self, other: LockedVoice) -> bool:
        """Whether this is the measurement that ``other`` is: of the same engine for the same aim, and as complete."""
        same = (self.fingerprint, self.target) == (other.fingerprint, other.target)
        return same and (self.is_complete or not other.is_complete)

    @property
    def is_complete(self) -> bool:
        """Whether pace and sample rate are known."""
        return self.syllables_per_s > 0 and self.sample_rate_hz > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedEpisode:
    """An episode's identity.

    Attributes:
        guid: Given once, never changed.
        number: Position among the show's episodes, from 1.
        published: Date of first publication (ISO 8601), empty until a source or ``SOURCE_DATE_EPOCH`` gives one.
        approved: Digest of what its script said when a person approved it (`pipeline.build.approval`); empty for never.
    """

    guid: str
    number: int
    published: str = ""
    approved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The content of the file; names of episodes are those of their scripts."""

    episodes: dict[str, LockedEpisode] = field(default_factory=dict)
    voices: dict[str, LockedVoice] = field(default_factory=dict)

    def with_episode(self, name: str, episode: LockedEpisode) -> Lock:
        """This lock and that episode."""
        return replace(self, episodes={**self.episodes, name: episode})

    def with_voice(self, name: str, voice: LockedVoice) -> Lock:
        """This lock and that voice."""
        return replace(self, voices={**self.voices, name: voice})


def load(path: Path) -> Lock:
    """The lock at ``path``, an empty one where there is no such file.

    Raises:
        ConfigError: It cannot be read as one. It is never overwritten then: identities stand in it.
    """
    try:
        return from_plain(tomllib.loads(path.read_text(encoding="utf-8")), Lock)
    except FileNotFoundError:
        return Lock()
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot be read ({error}); restore it from version control", str(path)) from error
    except ConfigError as error:
        raise ConfigError(f"{error.message}; restore it from version control", str(path)) from error


def save(path: Path, lock: Lock) -> None:
    """Write ``lock`` if it differs from what is there."""
    import tomli_w

    plain = to_plain(lock)
    for episode in plain["episodes"].values():
        if not episode["approved"]:  # most shows are not under review
            del episode["approved"]
    data = (_HEAD + tomli_w.dumps({kind: dict(sorted(plain[kind].items())) for kind in sorted(plain)})).encode()
    if not path.exists() or path.read_bytes() != data:
        write_atomic(path, data)
