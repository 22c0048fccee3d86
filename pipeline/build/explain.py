"""Why something is stale: this plan against what the episode used last time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.build.plan import Plan, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one utterance will be spoken or encoded again.

    Attributes:
        utterance: Its id.
        text: What will be said.
        work: ``"speak"`` or ``"encode"``.
        why: In words.
    """

    utterance: str
    text: str
    work: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What an utterance was made from: the inputs of speaking it, and those of encoding it by format."""

    speak: dict[str, Any]
    encode: dict[str, Any]


def inputs(plan: Plan) -> dict[str, Inputs]:
    """What each utterance was made from, for the episode's manifest."""
    return {
        step.id: Inputs(speak=step.speak.inputs, encode={name: action.inputs for name, action in step.encode.items()})
        for step in plan.clips
    }


def reasons(plan: Plan, before: Mapping[str, Inputs]) -> tuple[Reason, ...]:
    """A reason for each step that is not fresh; ``before`` is what `inputs` gave for the last render."""
    return tuple(_reasons(plan, before))


def _reasons(plan: Plan, before: Mapping[str, Inputs]) -> Iterator[Reason]:
    for step in plan.clips:
        last = before.get(step.id)
        if step.clip is None:
            yield Reason(utterance=step.id, text=step.text, work="speak", why=_why_speak(step, last, bool(before)))
        elif len(step.encoded) < len(step.encode):
            yield Reason(utterance=step.id, text=step.text, work="encode", why=_why_encode(step, last))


def _why_speak(step: Step, last: Inputs | None, rendered: bool) -> str:
    if not rendered:
        return "never rendered before"
    if last is None:
        return "new or rewritten sentence"
    if not step.speak.inputs:
        return "a sound that it is mixed from is made first"
    changes = differences(last.speak, step.speak.inputs)
    return changes or "its sound is no longer in the store"


def _why_encode(step: Step, last: Inputs | None) -> str:
    if last is None:
        return "its sound is known, but it was never encoded in this episode"
    missing = [name for name in step.encode if name not in step.encoded]
    changes = [
        differences(last.encode[name], step.encode[name].inputs) if name in last.encode else f"{name} is new"
        for name in missing
    ]
    return "; ".join(change for change in changes if change) or "its frames are no longer in the store"


def differences(old: Any, new: Any, name: str = "") -> str:
    """The differences of two inputs in words."""
    if old == new:
        return ""
    if isinstance(old, dict) and isinstance(new, dict):
        found = [differences(old.get(key), new.get(key), key) for key in sorted({*old, *new})]
        return "; ".join(change for change in found if change)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        found = [differences(one, other, name) for one, other in zip(old, new, strict=True)]
        return "; ".join(change for change in found if change)
    said = {"pcm": "it was spoken again", "fingerprint": "another version of the engine"}
    return said.get(name) or f"{name.replace('_', ' ')}: {_short(old)} → {_short(new)}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
