"""Asking a server again, later and not too often; not a plug-in, but what those with a network share."""

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from pipeline.speak.engines._wire import Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_TRIES = 5
_LONGEST_WAIT_S = 60.0
_DEAD = 3
"""So many questions lost in a row, and the next ones are asked once only: a whole article would wait for hours."""

_clock = time.monotonic
_sleep = time.sleep


class Later(Unanswered):
    """The server asks to come back later.

    Attributes:
        wait_s: How long it wants us to wait.
        everybody: Whether that goes for all that this process wants to ask.
    """

    def __init__(self, reason: str, *, wait_s: float = 0.0, everybody: bool = False) -> None:
        super().__init__(reason)
        self.wait_s, self.everybody = wait_s, everybody


class Patience:
    """How all threads of this process ask one server."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._quiet_until = 0.0
        self._next_turn = 0.0
        self._lost = 0

    def persist(self, attempt: Callable[[], T], *, per_minute: float = 0) -> T:
        """What ``attempt`` gives, which is called up to five times, with growing and uneven waits between.

        Args:
            attempt: Raises `Unanswered` where it is worth asking again.
            per_minute: How many attempts may begin in a minute, of all threads together; 0 for any number.

        Raises:
            Unanswered: The last attempt's, with the number of attempts.
        """
        tries = _TRIES if self._lost < _DEAD else 1
        for n in range(1, tries + 1):
            self._take_turn(per_minute)
            try:
                answer = attempt()
            except Unanswered as error:
                wait_s = min(_LONGEST_WAIT_S, 2.0 ** (n - 1)) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
                if isinstance(error, Later):
                    wait_s = max(wait_s, min(_LONGEST_WAIT_S, error.wait_s))
                    if error.everybody:
                        self._hold(wait_s)
                if error.lasting:
                    raise
                if n == tries:
                    self._lost += 1
                    raise Unanswered(f"{error} (asked {_times(n)})") from None
                _sleep(wait_s)
            else:
                self._lost = 0
                return answer
        raise AssertionError

    def _hold(self, wait_s: float) -> None:
        """Let nobody ask for so long."""
        with self._lock:
            self._quiet_until = max(self._quiet_until, _clock() + wait_s)

    def _take_turn(self, per_minute: float) -> None:
        """Wait until it is our turn, and nobody was told to wait."""
        with self._lock:
            turn = max(_clock(), self._next_turn)
            self._next_turn = turn + 60 / per_minute if per_minute else 0.0
        while True:
            with self._lock:
                left_s = max(turn, self._quiet_until) - _clock()
            if left_s <= 0:
                return
            _sleep(left_s)


def wait_of(retry_after: str) -> float:
    """Seconds that the header ``Retry-After`` asks for: a number, or a date; 0 where it is neither."""
    try:
        return max(0.0, float(int(retry_after)))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"
