"""Times a sync of 200 articles, and kills syncs at random moments: what is published must never contradict itself.

``python -m benchmarks.sync [ARTICLES]`` prints what a first sync costs, one with nothing changed, one with one sentence
changed, and one after store and output were deleted. ``python -m benchmarks.sync kill [TIMES] [ADDRESS]`` edits the
articles and kills the sync, again and again; ADDRESS is a store (``s3://bucket/path``), a folder where it is left out,
and ``moto`` starts an S3 server of its own. It ends with how many times something was wrong (it must be 0).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from pipeline.store.destination import Destination

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://example.org/gauges"
SHOW = """\
[show]
title = "Gauges"
language = "en-GB"

[voices.narrator]
engine = "tone"

[sources]
folder = "articles"

[destination]
{place}
url = "{url}"
"""
COMMAND = "import sys; from pipeline.cli.syncing import sync; sys.exit(sync.main(sys.argv[1:], standalone_mode=False))"


def article(number: int, edits: int = 0) -> str:
    """An article of some twenty sentences, none of which stands in another."""
    lines = [f"The gauge at mile {number} dot {mile} has {(number * 31 + mile * 7) % 97} marks." for mile in range(18)]
    told = f"It was read {edits + 1} times in year {number}."
    return f"---\ntitle: Gauge {number}\ndate: 2026-03-01\n---\n\n{told}\n\n" + "\n\n".join(lines) + "\n"


def make(root: Path, articles: int, place: str = 'folder = "public"') -> None:
    """A show in ``root``."""
    (root / "articles").mkdir(parents=True)
    for number in range(articles):
        (root / "articles" / f"gauge-{number:03}.md").write_text(article(number), encoding="utf-8")
    (root / "show.toml").write_text(SHOW.format(place=place, url=URL), encoding="utf-8")


def command(root: Path) -> list[str]:
    """The sync in a new process."""
    return [sys.executable, "-c", COMMAND, str(root), "--store", str(root / "store"), "--executor", "inline", "--json"]


def sync(root: Path) -> tuple[dict[str, Any], float]:
    """Sync to the end: the report, and the seconds that the whole process took."""
    started = time.monotonic()
    done = subprocess.run(command(root), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return json.loads(done.stdout), time.monotonic() - started


def wrong(there: Destination) -> list[str]:
    """What a subscriber would find wrong: enclosures that are missing, or not as long or not what the feed says."""
    feed = there.read("feed.xml")
    if feed is None:
        return []
    found = []
    for enclosure in ElementTree.fromstring(feed).iter("enclosure"):
        path = enclosure.get("url", "").removeprefix(f"{URL}/")
        data = there.read(path)
        if data is None or len(data) != int(enclosure.get("length", "-1")):
            found.append(f"{path}: {'missing' if data is None else f'{len(data)} bytes'}")
    catalogue = json.loads(there.read("articlecast.json") or b"{}")
    for entry in catalogue.get("entries", {}).values():
        for file in entry["item"]["files"]:
            data = there.read(file["path"])
            if file["role"] == "audio" and hashlib.sha256(data or b"").hexdigest() != file["sha256"]:
                found.append(f"{file['path']}: another content than the catalogue says")
    return found


def measure(articles: int) -> None:
    """Print the four figures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "show"
        make(root, articles)

        def told(what: str) -> None:
            report, took_s = sync(root)
            files = f"{len(report['files']) if isinstance(report['files'], list) else report['files']} files"
            print(f"{what:34} {took_s:7.2f} s, {report['spoken']} spoken, {files}, {report['bytes']:,} bytes")

        told(f"first sync of {articles} articles")
        for _ in range(3):
            told("nothing changed")
        (root / "articles" / "gauge-000.md").write_text(article(0, 1), encoding="utf-8")
        told("one sentence changed")
        shutil.rmtree(root / "store")
        shutil.rmtree(root / "output")
        told("store and output deleted")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """An S3 server on this machine, and the address of a bucket there."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    boto3.client("s3").create_bucket(Bucket="shows")
    yield "s3://shows/gauges"
    running.stop()


def edit(root: Path, number: int) -> None:
    """Change a sentence of every other article."""
    for one in range(0, 6, 2):
        text = article(one, number + 1)
        (root / "articles" / f"gauge-{one:03}.md").write_text(text, encoding="utf-8")


def kill(times: int, address: str) -> int:
    """Kill syncs; the answer is how often something was wrong."""
    chance = random.Random(times)
    bad = 0
    with contextlib.ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "show"
        if address == "moto":
            address = stack.enter_context(server())
        make(root, 6, f'store = "{address}"' if address else 'folder = "public"')
        there = Destination.open(address or str(root / "public"))
        sync(root)
        edit(root, times)
        _, whole_s = sync(root)
        for number in range(times):
            edit(root, number)
            process = subprocess.Popen(command(root), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            moment_s = chance.uniform(0.1 * whole_s, whole_s)
            time.sleep(moment_s)
            process.send_signal(signal.SIGKILL)
            process.wait()
            after_kill = wrong(there)
            report, _ = sync(root)
            after = [*wrong(there), *(["a journal is left"] if "articlecast.pending.json" in there.listing() else [])]
            again, _ = sync(root)
            if again["bytes"] or again["spoken"]:
                after.append("the next sync wrote something")
            bad += bool(after_kill or after)
            state = "ok" if not after_kill and not after else f"WRONG {after_kill} {after}"
            print(f"{moment_s:6.2f} s: {report['bytes']:,} bytes written by the next sync; {state}", flush=True)
    print(f"{bad} of {times} went wrong")
    return bad


if __name__ == "__main__":
    if sys.argv[1:2] == ["kill"]:
        given = sys.argv[2:] + ["30", ""][len(sys.argv) - 2 :]
        sys.exit(kill(int(given[0]), given[1]))
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
