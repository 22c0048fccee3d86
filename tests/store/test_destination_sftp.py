"""A destination on an SFTP server: a real one, on this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store import destination_sftp
from pipeline.store.destination import Destination
from pipeline.store.destination_folder import LEFT_BEHIND_S
from pipeline.store.files import TEMPORARY
from tests.store.sftp import PASSWORD, QUOTED, SftpServer, at_home


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[SftpServer]:
    """A server of the test's own."""
    with at_home(tmp_path) as server:
        yield server


def _put(address: str, data: bytes = b"x") -> None:
    with Destination.open(address) as destination:
        destination.put("feed.xml", data, media_type="text/xml", lasting=False)


def test_a_host_that_is_not_known_is_refused(sftp: SftpServer) -> None:
    (sftp.home / ".ssh" / "known_hosts").unlink()
    with pytest.raises(StoreError, match=r"SHA256:.*ssh -p \d+ 127\.0\.0\.1.*known_hosts") as caught:
        _put(sftp.address("show"))
    assert list(sftp.root.iterdir()) == []
    for secret in (PASSWORD, QUOTED):
        assert secret not in str(caught.value)


def test_a_host_with_another_key_is_refused(sftp: SftpServer) -> None:
    import paramiko

    path = sftp.home / ".ssh" / "known_hosts"
    other = paramiko.ECDSAKey.generate()
    path.write_text(f"[127.0.0.1]:{sftp.port} {other.get_name()} {other.get_base64()}\n", encoding="utf-8")
    with pytest.raises(StoreError, match="another key than"):
        _put(sftp.address("show"))
    assert list(sftp.root.iterdir()) == []


def test_a_key_lets_in_without_a_password(sftp: SftpServer) -> None:
    _put(sftp.address("show", password=""))
    assert (sftp.root / "show" / "feed.xml").read_bytes() == b"x"


def test_a_wrong_password_is_told_without_it(sftp: SftpServer) -> None:
    (sftp.home / ".ssh" / "id_ecdsa").unlink()
    with pytest.raises(StoreError, match="does not let desk in") as caught:
        _put(sftp.address("show", password="hunter2"))
    assert "hunter2" not in str(caught.value)


def test_nobody_who_listens_is_told(sftp: SftpServer) -> None:
    with pytest.raises(StoreError, match="cannot be written") as caught:
        _put("sftp://desk:hunter2@127.0.0.1:1/show")
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_that_cannot_replace_a_file_is_told(sftp: SftpServer) -> None:
    sftp.refuses.add("posix_rename")
    with pytest.raises(StoreError, match="posix-rename@openssh"):
        _put(sftp.address("show"))
    assert list((sftp.root / "show").iterdir()) == [], "what was being written is gone"


def test_no_file_is_written_in_place(sftp: SftpServer) -> None:
    for data in (b"old", b"new"):
        _put(sftp.address("show"), data)
    assert len(sftp.written) == 2
    assert all(TEMPORARY in path for path in sftp.written)
    assert [path.name for path in (sftp.root / "show").iterdir()] == ["feed.xml"]


def test_a_connection_that_was_lost_is_made_again(sftp: SftpServer) -> None:
    with Destination.open(sftp.address("show")) as destination:
        destination.put("a", b"x", media_type="text/plain", lasting=False)
        place = destination._place
        assert isinstance(place, destination_sftp.Server)
        assert place._client is not None
        transport = place._client.get_transport()
        transport.close()
        assert destination.listing() == {"a": 1}


def test_a_large_file_arrives_whole(sftp: SftpServer, tmp_path: Path) -> None:
    source = tmp_path / "book.m4b"
    source.write_bytes(os.urandom(1 << 20) * 2)
    with Destination.open(sftp.address()) as destination:
        destination.put("book.m4b", source, media_type="audio/mp4", lasting=True)
        assert destination.read("book.m4b") == source.read_bytes()
    assert (sftp.root / "book.m4b").stat().st_size == 2 << 20


def test_links_to_files_count_and_leftovers_go_after_a_day(sftp: SftpServer) -> None:
    (sftp.root / "show").mkdir()
    (sftp.root / "big.mp3").write_bytes(b"abc")
    (sftp.root / "show" / "one.mp3").symlink_to(sftp.root / "big.mp3")
    (sftp.root / "show" / "gone.mp3").symlink_to(sftp.root / "nowhere")
    old = sftp.root / "show" / f"{TEMPORARY}old"
    old.write_bytes(b"x")
    then = time.time() - LEFT_BEHIND_S - 60
    os.utime(old, (then, then))
    with Destination.open(sftp.address("show/")) as destination:
        assert destination.listing() == {"one.mp3": 3}
        assert old.exists()
        destination.remove([])
    assert not old.exists()


def test_the_users_own_folder_is_named_as_openssh_does(sftp: SftpServer) -> None:
    _put(sftp.address("~/show"))
    assert (sftp.root / "show" / "feed.xml").is_file()
