"""The program of a worker process: takes batches from its standard input, tells where it is, gives back outcomes.

It is started as a program and not by `multiprocessing`, so that a caller's own program needs no guard around its main
part, and so that a process which may not have children of that kind (a Dask worker) can have this one.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import threading
import traceback
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.build.job import Batch, Outcome

_LENGTH = struct.Struct("<Q")


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message.

    Raises:
        OSError: Nobody reads any more.
    """
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message.

    Raises:
        EOFError: The other side has gone, perhaps in the middle of one.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - our own process at the other end of our own pipe


def main() -> None:
    """Work until the pipe is closed; end at once when that happens in the middle of a batch, however it came about."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent has heard it too, and decides
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    batches = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    # what engines print is not for the pipe, and what they start must not read from it
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        _work(batches, answers)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)  # the thread that reads would keep Python from ending in good order
    os._exit(0)


def _work(source: IO[bytes], answers: IO[bytes]) -> None:
    from pipeline.build.work import warm, work
    from pipeline.errors import PipelineError
    from pipeline.model.show import Voice

    batches: SimpleQueue[Batch | Voice | None] = SimpleQueue()
    busy = threading.Event()

    def listen() -> None:
        while True:
            try:
                batch = receive(source)
            except EOFError:
                if busy.is_set():
                    os._exit(1)
                batches.put(None)
                return
            busy.set()
            batches.put(batch)

    threading.Thread(target=listen, daemon=True).start()
    while (batch := batches.get()) is not None:
        if isinstance(batch, Voice):
            warm(batch)
            busy.clear()
            continue
        answer: Outcome | PipelineError
        try:
            answer = work(batch, begin=lambda index: send(answers, index))
        except PipelineError as error:
            answer = error
        busy.clear()
        send(answers, answer)
