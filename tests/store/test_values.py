"""What the store has made of its entries, and how long that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.action import Action
from pipeline.model.clip import Ref
from pipeline.model.codec import to_plain
from pipeline.model.script import Pause
from pipeline.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

ACTION = Action(room="test", schema=1, inputs={})


def ref(digest: str) -> Ref:
    return Ref(digest=digest, blob=digest, offset=0, length=1)


def test_a_value_is_made_once_and_anew_when_its_entry_changes(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.remember(ACTION, to_plain(ref("a")))
    first = store.value(ACTION, Ref)
    assert store.value(ACTION, Ref) is first
    store.remember(ACTION, to_plain(ref("b")))
    assert store.value(ACTION, Ref) == ref("b")
    store.learn({ACTION.key(): to_plain(ref("c"))})
    assert store.value(ACTION, Ref) == ref("c")
    store.forget(ACTION)
    assert store.value(ACTION, Ref) is None


def test_a_value_of_another_kind_is_damaged(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.remember(ACTION, to_plain(ref("a")))
    assert store.value(ACTION, Ref) == ref("a")
    assert store.value(ACTION, Pause) is None
    assert len(store.warnings) == 1


def test_a_manifest_that_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    Store(str(tmp_path)).write_manifest("one", {"results": {"k": {"a": 1}}, "script": "x"})
    (path,) = (tmp_path / "manifests").iterdir()
    before = path.stat().st_ino
    store = Store(str(tmp_path))
    found = store.manifest("one")
    store.write_manifest("one", {**found})
    assert path.stat().st_ino == before
    store.write_manifest("one", {**found, "script": "y"})
    assert path.stat().st_ino != before
    assert Store(str(tmp_path)).manifest("one")["script"] == "y"


def test_a_folder_is_a_store_without_fsspec(tmp_path: Path) -> None:
    store = Store(f"{tmp_path}/here/../there/")
    assert store.root == (tmp_path / "there").as_posix()
    assert store.shared
    assert store.blobs.local
    assert store.root == Store(f"file://{tmp_path}/there").root
