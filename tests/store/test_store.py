"""The store: whole or not at all, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.model.action import Action
from pipeline.model.clip import Ref
from pipeline.store.store import Store

ACTION = Action(room="speak", schema=1, inputs={"text": "Good morning."})


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store on each kind of file system."""
    name = request.node.name.replace("[", "-").replace("]", "")
    return Store(str(tmp_path / "store") if request.param == "file" else f"memory://{name}")


def test_results_and_bytes_come_back(store: Store) -> None:
    one, two = store.blobs.pack([b"first run", b"second"])
    store.remember(ACTION, {"ref": one.digest})
    again = Store(store.url)
    assert again.result(ACTION) == {"ref": one.digest}
    assert list(again.stream([two, one, two])) == [b"second", b"first run", b"second"]
    assert one.blob == two.blob, "runs of a batch share one blob"


def test_an_unknown_action_is_a_miss(store: Store) -> None:
    assert store.result(ACTION) is None
    assert store.manifest("nobody") == {}


def test_a_missing_blob_is_a_warning_and_a_miss(store: Store) -> None:
    assert store.get(Ref(digest="0" * 64, blob="0" * 64, offset=0, length=3)) is None
    assert "made again" in store.warnings[0]


@pytest.mark.parametrize("damage", [b"", b"first", b"FIRST run"])
def test_a_damaged_blob_is_a_warning_and_a_miss(tmp_path: Path, damage: bytes) -> None:
    store = Store(str(tmp_path))
    ref = store.blobs.put(b"first run")
    Path(store.blobs.path(ref.blob)).write_bytes(damage)
    assert store.get(ref) is None
    assert store.warnings
    assert store.get(store.blobs.put(b"first run")) == b"first run", "putting it again repairs it"


@pytest.mark.parametrize("damage", ["", "{", '{"a": '])
def test_a_damaged_result_is_a_warning_and_a_miss(tmp_path: Path, damage: str) -> None:
    store = Store(str(tmp_path))
    store.remember(ACTION, {"a": 1})
    (path,) = Path(tmp_path).glob("actions/*/*.json")
    path.write_text(damage, encoding="utf-8")
    fresh = Store(str(tmp_path))
    assert fresh.result(ACTION) is None
    assert "damaged" in fresh.warnings[0]


def test_a_forgotten_result_is_a_miss(store: Store) -> None:
    store.remember(ACTION, 5)
    store.forget(ACTION)
    assert store.result(ACTION) is None
    assert Store(store.url).result(ACTION) is None


def test_a_manifest_makes_its_results_known(store: Store) -> None:
    store.write_manifest("episode", {"results": {ACTION.key(): "known"}, "files": {}})
    again = Store(store.url)
    again.manifest("episode")
    assert again.result(ACTION) == "known"


def test_the_key_is_that_of_the_inputs_alone() -> None:
    same = Action(room="speak", schema=1, inputs={"text": "Good morning."})
    other = Action(room="speak", schema=2, inputs={"text": "Good morning."})
    assert same.key() == ACTION.key() != other.key()


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.blobs.put(b"x" * 1000)
    store.remember(ACTION, 1)
    assert not list(tmp_path.rglob(".articlecast-*"))


def test_a_store_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="a file where a folder is needed"):
        Store(str(tmp_path / "file")).blobs.put(b"x")


def test_an_address_of_no_known_kind_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no store at"):
        Store("nosuchprotocol://x")
