"""Destinations: what every kind does alike, and what folders of this machine do."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MissingDependency, StoreError, UsageError
from pipeline.store import destination_folder
from pipeline.store.destination import Destination, checked, shown
from pipeline.store.destination_folder import LEFT_BEHIND_S
from pipeline.store.files import TEMPORARY
from tests.store.conftest import Bucket
from tests.store.sftp import SftpServer, at_home

KINDS = ("folder", "memory", "s3", "sftp")


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[SftpServer]:
    """A server of the test's own."""
    with at_home(tmp_path) as server:
        yield server


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty destination of each kind."""
    if request.param == "folder":
        return str(tmp_path / "made" / "later")
    if request.param == "memory":
        return f"memory://{uuid.uuid4().hex}"
    if request.param == "s3":
        bucket: Bucket = request.getfixturevalue("bucket")
        return bucket.url
    server: SftpServer = request.getfixturevalue("sftp")
    return server.address("made/later")


def _put(destination: Destination, path: str, data: bytes | Path) -> None:
    destination.put(path, data, media_type="text/plain", lasting=False)


def test_what_is_put_is_listed_read_replaced_and_removed(place: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"from a file")
    with Destination.open(place) as destination:
        assert destination.listing() == {}
        assert destination.read("feed.xml") is None
        assert destination.read("audio/one.mp3") is None
        _put(destination, "feed.xml", b"<rss/>")
        _put(destination, "audio/2026/one.mp3", source)
        _put(destination, "audio/empty", b"")
        _put(destination, "tide.größe.txt", b"wide")
        everything = {"audio/2026/one.mp3": 11, "audio/empty": 0, "feed.xml": 6, "tide.größe.txt": 4}
        assert destination.listing() == everything
        assert list(destination.listing()) == sorted(everything)
        assert destination.read("audio/2026/one.mp3") == b"from a file"
        assert destination.read("audio/empty") == b""
        _put(destination, "feed.xml", b"<rss>longer</rss>")
        assert destination.read("feed.xml") == b"<rss>longer</rss>"
        assert destination.listing()["feed.xml"] == 17
        destination.remove(["audio/2026/one.mp3", "audio/empty", "never/there", "feed.xml/below"])
        assert destination.listing() == {"feed.xml": 17, "tide.größe.txt": 4}
        destination.remove([])
    assert Destination.open(place).read("feed.xml") == b"<rss>longer</rss>", "it can be opened again"


def test_many_threads_may_use_one(place: str) -> None:
    with Destination.open(place) as destination, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: _put(destination, f"audio/{n % 3}/{n}", b"x" * n), range(24)))
        assert sum(destination.listing().values()) == sum(range(24))
        assert list(pool.map(lambda n: destination.read(f"audio/{n % 3}/{n}"), range(24))) == [
            b"x" * n for n in range(24)
        ]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "C:x",
        "a\0b",
        "a/..",
        "a*",
        "a?versionId=1",
        "a\nb",
        "a/ /b",
        f"{TEMPORARY}x",
        f"a/{TEMPORARY}0/b",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str, tmp_path: Path) -> None:
    destination = Destination.open(str(tmp_path / "public"))
    acts: tuple[Callable[[], object], ...] = (
        lambda: destination.read(path),
        lambda: _put(destination, path, b"x"),
        lambda: destination.remove(["good", path]),
    )
    for act in acts:
        with pytest.raises(StoreError, match="is no path inside the destination") as caught:
            act()
        assert "\n" not in str(caught.value)
    assert not (tmp_path / "public").exists()


@settings(deadline=None)
@given(st.text())
def test_a_checked_path_stays_inside(path: str) -> None:
    try:
        checked(path)
    except StoreError:
        return
    root = Path("/srv/show")
    assert Path(os.path.normpath(root / path)).is_relative_to(root)
    assert os.path.normpath(root / path) != str(root)


def test_a_folder_is_made_when_it_is_first_written(tmp_path: Path) -> None:
    destination = Destination.open(str(tmp_path / "public"))
    assert destination.listing() == {}
    assert not (tmp_path / "public").exists()
    _put(destination, "feed.xml", b"x")
    assert (tmp_path / "public" / "feed.xml").read_bytes() == b"x"
    assert Destination.open(f"file://{tmp_path.as_posix()}/public").listing() == {"feed.xml": 1}


def test_the_home_folder_and_relative_folders_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    _put(Destination.open("~/public"), "a", b"x")
    assert (tmp_path / "public" / "a").is_file()
    monkeypatch.chdir(tmp_path)
    destination = Destination.open("public")
    monkeypatch.chdir("/")
    assert destination.listing() == {"a": 1}, "it stays where it was when the folder changes"


def test_folders_that_become_empty_go_and_others_stay(tmp_path: Path) -> None:
    destination = Destination.open(str(tmp_path))
    for path in ("a/b/c/one", "a/two", "three"):
        _put(destination, path, b"x")
    destination.remove(["a/b/c/one"])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "three", "two"]
    destination.remove(["a/two", "three"])
    assert tmp_path.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_links_are_followed_but_not_round_and_round(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "one.mp3").write_bytes(b"abc")
    public = tmp_path / "public"
    public.mkdir()
    (public / "audio").symlink_to(tmp_path / "elsewhere")
    (public / "elsewhere").mkdir()
    (public / "elsewhere" / "again").symlink_to(public / "elsewhere")
    (public / "gone").symlink_to(tmp_path / "nowhere")
    assert Destination.open(str(public)).listing() == {"audio/one.mp3": 3}


def test_what_a_killed_run_left_is_not_listed_and_goes_after_a_day(tmp_path: Path) -> None:
    old, fresh = tmp_path / "a" / f"{TEMPORARY}old", tmp_path / "a" / f"{TEMPORARY}fresh"
    old.parent.mkdir()
    for path in (old, fresh, tmp_path / "a" / "one"):
        path.write_bytes(b"x")
    then = time.time() - LEFT_BEHIND_S - 60
    os.utime(old, (then, then))
    destination = Destination.open(str(tmp_path))
    assert destination.listing() == {"a/one": 1}
    assert old.exists()
    destination.remove([])
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted([fresh.name, "one"])


def test_what_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "public").write_bytes(b"a file where the folder should be")
    destination = Destination.open(str(tmp_path / "public"))
    with pytest.raises(StoreError, match=r"public/feed\.xml: there is a file where a folder is needed"):
        _put(destination, "feed.xml", b"x")
    with pytest.raises(StoreError, match=r"nowhere\.mp3 cannot be read"):
        _put(Destination.open(str(tmp_path / "other")), "a", tmp_path / "nowhere.mp3")
    assert not (tmp_path / "other").exists()


def test_a_put_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    destination = Destination.open(str(tmp_path))
    _put(destination, "feed.xml", b"old")
    monkeypatch.setattr(
        destination_folder, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(StoreError, match="no space left on the disk"):
        _put(destination, "feed.xml", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]
    assert destination.read("feed.xml") == b"old"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "is published to a folder"),
        ("http://localhost/show", "no show can be published to http://"),
        ("simplecache::s3://bucket", "is published to a folder"),
        ("s3://", "names no bucket"),
        ("sftp:///path", "names no host"),
        ("sftp://host:port/path", "no port"),
    ],
)
def test_an_address_that_cannot_be_is_refused(address: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        Destination.open(address)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("address", "module"), [("s3://b/x", "s3fs"), ("sftp://h/x", "paramiko")])
def test_a_missing_package_is_told_with_its_install_line(
    address: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = importlib.import_module("fsspec.registry")
    monkeypatch.delitem(registry._registry, "s3", raising=False)
    monkeypatch.delitem(sys.modules, "pipeline.store.destination_sftp", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependency, match=r"pip install 'articlecast\["):
        Destination.open(address)


def test_google_gets_its_headers_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    from pipeline.store import destination_objects

    given: dict[str, object] = {"fresh": False}

    class Bucket:
        def pipe_file(self, path: str, data: bytes, **more: object) -> None:
            given.update(more, path=path, data=data)

        def invalidate_cache(self) -> None:
            given["fresh"] = True

        def find(self, path: str, **_: object) -> dict[str, dict[str, object]]:
            assert given["fresh"], "gcsfs answers from what it remembers"
            return {f"{path}/a": {"size": 1, "type": "file"}}

    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda _: (Bucket(), "bucket/show"))
    destination = Destination.open("gs://bucket/show")
    destination.put("a", b"x", media_type="audio/mpeg", lasting=True)
    assert destination.listing() == {"a": 1}
    assert (given["path"], given["content_type"]) == ("bucket/show/a", "audio/mpeg")
    assert "immutable" in str(given["fixed_key_metadata"])
    assert given["chunksize"] == destination_objects.PART_BYTES


def test_a_password_is_never_shown() -> None:
    assert shown("sftp://me:p%40ss@host/x") == "sftp://me@host/x"
    assert shown("sftp://me@host/a:b@c") == "sftp://me@host/a:b@c"
    assert Destination.open("sftp://me:p%40ss@host/x").address == "sftp://me@host/x"
    with pytest.raises(UsageError) as caught:
        Destination.open("webdav://me:secret@host/x")
    assert "secret" not in str(caught.value)


def test_a_local_destination_needs_no_package_of_others() -> None:
    code = (
        "import sys; from pipeline.store.destination import Destination; Destination.open(sys.argv[1]).listing();"
        "print([n for n in ('fsspec', 'paramiko', 's3fs') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, "nowhere"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


WRITER = """\
import sys, itertools
from pipeline.store import destination_folder
from pipeline.store.destination import Destination
destination = Destination.open(sys.argv[1])
print("ready", flush=True)
for letter in itertools.cycle(b"ab"):
    destination.put("feed.xml", bytes([letter]) * 3_000_000, media_type="text/xml", lasting=False)
    print("put", flush=True)
"""


@pytest.mark.parametrize("kind", ["folder", "s3", "sftp"])
def test_whoever_is_killed_leaves_the_old_or_the_new(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if kind == "folder":
        address = str(tmp_path / "public")
    else:
        address = (
            request.getfixturevalue("bucket").url if kind == "s3" else request.getfixturevalue("sftp").address("public")
        )
    for delay_s in (0.0, 0.013, 0.027, 0.051) if kind == "folder" else (0.0, 0.03):
        with subprocess.Popen([sys.executable, "-c", WRITER, address], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            assert writer.stdout.readline() == "put\n"
            time.sleep(delay_s)
            writer.kill()
        with Destination.open(address) as destination:
            found = destination.read("feed.xml")
            assert found is not None
            assert len(found) == 3_000_000
            assert len(set(found)) == 1
            assert destination.listing() == {"feed.xml": 3_000_000}
