"""Care for a store: its size, its health, and what of it goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import api
from pipeline.model.action import Action
from pipeline.model.clip import Ref
from pipeline.model.codec import to_plain
from pipeline.model.progress import Progress
from pipeline.store.care import usage, verify
from pipeline.store.collect import GRACE_S, OTHERS_S, collect
from pipeline.store.pages import Pages
from pipeline.store.store import Store
from tests.conftest import Workbench

DAY_S = 24 * 3600.0


def aged(root: Path, age_s: float) -> None:
    """Make everything in a folder so old."""
    then = time.time() - age_s
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def speech(number: int) -> Action:
    return Action(room="speak", schema=1, inputs={"number": number})


def keep(store: Store, numbers: list[int]) -> list[Ref]:
    """Keep the speech of sentences in one pack."""
    refs = list(store.blobs.pack([f"sentence {number} ".encode() * 40 for number in numbers]))
    for number, ref in zip(numbers, refs, strict=True):
        store.remember(speech(number), {"pcm": to_plain(ref), "length": 1})
    return refs


def episode(store: Store, name: str, numbers: list[int]) -> None:
    """Keep the manifest of an episode that says these sentences."""
    results = {speech(number).key(): store.result(speech(number)) for number in numbers}
    store.write_manifest(name, {"folder": f"/shows/{name}", "results": results})


# ── what a render meets ──────────────────────────────────────────────────────────────────────────────────────────────


def test_after_collecting_nothing_is_spoken_and_no_byte_changes(bench: Workbench) -> None:
    other = bench.root / "other.md"
    other.write_text("# Other\n\nBays make tides larger. Nobody says this anywhere else.\n", encoding="utf-8")
    for article in (None, other):
        bench.render(article)
    bench.edit("A wide bay does not.", "A very wide bay does not.")
    bench.render()
    before = bench.files()
    store = Store(bench.options.store)
    unused = usage(store).unused
    told = collect(store, grace_s=0, others_s=0)
    assert told.removed.bytes >= unused.bytes > 0, "covers are old enough too"
    assert told.forgotten == ()
    for fresh_output in (False, True):
        if fresh_output:
            shutil.rmtree(bench.root / "output")
        for article in (None, other):
            report = bench.render(article)
            assert (report.spoken, report.encoded, report.warnings) == (0, 0, ())
        assert bench.files() == before


def test_what_verify_removes_the_next_render_makes_again(bench: Workbench) -> None:
    bench.render()
    before = bench.files()
    store = Store(bench.options.store)
    assert verify(store).damaged == ()
    blobs = sorted(Path(bench.options.store).glob("blobs/*/*"))
    for path in blobs:
        path.write_bytes(path.read_bytes()[:-1])
    action = min(Path(bench.options.store).glob("actions/*/*.json"))
    action.write_text("{", encoding="utf-8")
    found = verify(store)
    assert set(found.damaged) == {str(path) for path in (*blobs, action)}
    assert not any(Path(path).exists() for path in found.damaged)
    assert verify(store).damaged == ()
    shutil.rmtree(bench.root / "output")
    assert bench.render().spoken
    assert bench.files() == before


def test_a_render_makes_again_what_is_removed_under_its_hands(bench: Workbench) -> None:
    bench.render()
    before = bench.files()
    store = Path(bench.options.store)
    shutil.rmtree(store / "manifests")
    shutil.rmtree(bench.root / "output")
    aged(store, OTHERS_S + DAY_S)
    removed: list[int] = []

    def meanwhile(event: Progress) -> None:
        if event.stage == "publish" and not removed:
            removed.append(collect(Store(str(store))).removed.number)

    report = api.render(bench.article, bench.options, meanwhile)
    assert removed[0]
    assert report.spoken, "the plan knew all of it, and lost it"
    assert bench.files() == before
    assert usage(Store(str(store))).unused.number == 0


# ── what goes, and when ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


def test_what_is_young_is_kept(store: Store) -> None:
    keep(store, [1, 2])
    assert usage(store).unused.number == 3
    assert collect(store).removed.number == 0
    aged(Path(store.root), GRACE_S + 60)
    keep(store, [3])
    told = collect(store)
    assert (told.actions.number, told.blobs.number) == (2, 1)
    assert usage(store).unused.number == 2, "the third sentence and its blob"


def test_a_pack_stays_while_one_of_its_runs_is_used(store: Store) -> None:
    one, _ = keep(store, [1, 2])
    episode(store, "tides", [1])
    aged(Path(store.root), 2 * DAY_S)
    told = collect(store)
    assert (told.actions.number, told.blobs.number) == (1, 0)
    assert store.get(one) is not None


def test_a_young_result_keeps_an_old_blob(store: Store) -> None:
    (ref,) = keep(store, [1])
    aged(Path(store.root), 2 * DAY_S)
    store.remember(Action(room="speak", schema=1, inputs={"again": 1}), {"pcm": to_plain(ref)})
    assert collect(store).blobs.number == 0


@pytest.mark.parametrize(("age_s", "stays"), [(OTHERS_S - DAY_S, True), (OTHERS_S + DAY_S, False)])
def test_pages_and_covers_go_by_age(store: Store, age_s: float, stays: bool) -> None:
    address = "https://example.org/"
    Pages(store).keep(address, b"<p>Page</p>", uri=address, media_type="text/html", etag="", last_modified="")
    cover = Action(room="cover", schema=1, inputs={"title": "Tides"})
    store.remember(cover, to_plain(store.blobs.put(b"picture")))
    store.remember(Action(room="narrate", schema=1, inputs={}), {"lines": ["One."]})
    aged(Path(store.root), age_s)
    assert usage(store).unused.number == 0
    told = collect(store)
    assert (told.actions.number, told.blobs.number) == ((0, 0) if stays else (3, 2))
    assert (Pages(Store(store.url)).known(address) is not None) == stays


def test_what_killed_runs_left_goes_and_what_is_not_ours_stays(store: Store) -> None:
    keep(store, [1])
    root = Path(store.root)
    left = root / "blobs" / "ab" / ".articlecast-0123456789abcdef"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"half")
    damaged = root / "manifests" / f"{'0' * 32}.json"
    damaged.parent.mkdir()
    damaged.write_text("{", encoding="utf-8")
    foreign = [root / "actions" / "build.yml", root / "blobs" / "ab" / "photo.jpg", root / "notes.txt"]
    for path in foreign:
        path.write_text("not ours", encoding="utf-8")
    assert collect(store).leftovers.number == 0
    aged(root, 2 * DAY_S)
    assert collect(store).leftovers.number == 2
    assert not left.exists()
    assert not damaged.exists()
    assert all(path.exists() for path in foreign)
    assert verify(store).whole.number == 0


def test_the_oldest_episodes_are_forgotten_until_the_rest_fits(store: Store) -> None:
    for number in range(4):
        keep(store, [number])
        episode(store, f"episode-{number}", [number, 0])
        (manifest,) = (p for p in Path(store.root).glob("manifests/*") if f"episode-{number}" in p.read_text())
        os.utime(manifest, (1000 + number, 1000 + number))
    before = usage(store).total.bytes
    quarter = before // 4
    told = collect(store, max_bytes=before - 2 * quarter + 100, dry_run=True)
    assert told.forgotten == ("episode-0", "episode-1", "episode-2")[: len(told.forgotten)]
    assert told.forgotten
    assert collect(store, max_bytes=before - 2 * quarter + 100) == told
    assert usage(store).total == told.kept
    assert told.kept.bytes <= before - 2 * quarter + 100
    assert Store(store.url).result(speech(0)) is not None, "the others say it too"
    assert collect(store, max_bytes=0).kept.number == 0


def test_an_episode_that_is_rendered_meanwhile_keeps_what_it_found(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.store import collect as module

    keep(store, [1])
    aged(Path(store.root), 2 * DAY_S)
    chosen = module._forgotten

    def meanwhile(*given: Any) -> Any:
        episode(store, "tides", [1])
        return chosen(*given)

    monkeypatch.setattr(module, "_forgotten", meanwhile)
    assert collect(store).removed.number == 0


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

SENTENCES = st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True)


@given(packs=st.lists(SENTENCES, max_size=5), said=st.lists(SENTENCES, max_size=4), share=st.floats(0, 1.2))
@settings(deadline=None, max_examples=60)
def test_what_a_kept_episode_names_is_there_and_nothing_else(
    packs: list[list[int]], said: list[list[int]], share: float
) -> None:
    store = Store(f"memory://care-{uuid.uuid4().hex}")
    for pack in packs:
        keep(store, pack)
    there = {number for pack in packs for number in pack}
    for index, numbers in enumerate(said):
        episode(store, f"episode-{index}", [number for number in numbers if number in there])
    limit = int(usage(store).total.bytes * share)
    told = collect(store, grace_s=0, others_s=0, max_bytes=limit)
    after = usage(store)
    assert after.total == told.kept
    assert after.unused.number == 0
    assert after.episodes.number + told.episodes.number == len(said)
    assert told.kept.bytes <= limit or not after.episodes.number
    for index in range(len(said)):
        fresh = Store(store.url)
        for result in fresh.manifest(f"episode-{index}").get("results", {}).values():
            assert fresh.get(Ref(**result["pcm"])) is not None
    assert not verify(store).damaged


WRITER = """
import sys
from pipeline.store.store import Store
store = Store(sys.argv[1])
for turn in range(40):
    for number in range(10):
        runs = [bytes([number]) * 5000, bytes([number, 1]) * 5000]
        refs = store.blobs.pack(runs)
        assert list(store.stream(refs)) == runs
assert not store.warnings
"""


def test_two_processes_write_the_same_blobs_at_once(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "store")]) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    store = Store(str(tmp_path / "store"))
    assert usage(store).blobs.number == 10
    assert verify(store).damaged == ()
    assert not list(tmp_path.rglob(".articlecast-*"))
