"""Rows of numbers as one text.

An episode of ten hours holds half a million numbers, and a text takes a tenth of the memory of so many Python objects.
It is their plain form, too, so that what is read from a store is held as it came.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Packed(Sequence[T_co]):
    """Values made of numbers, unpacked when they are asked for; equal to a tuple of the same values.

    Attributes:
        text: The numbers in order, a blank between two.
    """

    text: str = ""

    @classmethod
    @abstractmethod
    def of(cls, values: Iterable[Any]) -> Self:
        """These values."""

    @classmethod
    def from_text(cls, text: object) -> Self:
        """What was ``text`` before.

        Raises:
            ValueError: It is no text, or not one of such values.
        """
        try:
            made = cls(text if isinstance(text, str) else "?")
            whole = len(tuple(made)) == len(made)
        except ValueError:
            whole = False
        if not whole:
            raise ValueError("must be text: numbers with a blank between two")
        return made

    @abstractmethod
    def __iter__(self) -> Iterator[T_co]: ...

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, place: int | slice) -> T_co | tuple[T_co, ...]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            return self.text == other.text
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Floats(Packed[float]):
    """Numbers, each exactly as it was."""

    __slots__ = ()

    @classmethod
    def of(cls, values: Iterable[float]) -> Floats:
        """These numbers; they stay as they are where they are `Floats`."""
        return values if isinstance(values, Floats) else cls(" ".join([repr(float(value)) for value in values]))

    def __len__(self) -> int:
        return self.text.count(" ") + 1 if self.text else 0

    def __iter__(self) -> Iterator[float]:
        return map(float, self.text.split(" ") if self.text else ())
