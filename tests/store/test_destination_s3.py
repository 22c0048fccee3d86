"""A destination on an S3 server: a real one, on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store.destination import Destination
from pipeline.store.destination_objects import PART_BYTES
from tests.store.conftest import Bucket, Server


def _put(destination: Destination, path: str, data: bytes | Path, *, lasting: bool = False) -> None:
    destination.put(path, data, media_type="audio/mpeg", lasting=lasting)


@pytest.mark.parametrize("size", [10, 2 * PART_BYTES + 5])
@pytest.mark.parametrize("from_file", [True, False])
def test_type_and_cache_header_are_told(bucket: Bucket, tmp_path: Path, size: int, from_file: bool) -> None:
    data = os.urandom(1024) * (size // 1024 + 1)
    source = tmp_path / "one.bin"
    source.write_bytes(data[:size])
    destination = Destination.open(bucket.url)
    for name, lasting in (("one-3fa9.mp3", True), ("feed.xml", False)):
        _put(destination, name, source if from_file else data[:size], lasting=lasting)
    first, second = (
        bucket.server.client.get_object(Bucket=bucket.name, Key=f"cache/{name}")
        for name in ("one-3fa9.mp3", "feed.xml")
    )
    assert first["ContentType"] == second["ContentType"] == "audio/mpeg"
    assert first["CacheControl"] == "public, max-age=31536000, immutable"
    assert second["CacheControl"] == "public, max-age=300"
    assert first["Body"].read() == data[:size]
    assert destination.read("one-3fa9.mp3") == data[:size]


def test_a_text_says_how_its_letters_are_written(bucket: Bucket) -> None:
    Destination.open(bucket.url).put("a.txt", "Höhe".encode(), media_type="text/plain", lasting=False)
    told = bucket.server.client.head_object(Bucket=bucket.name, Key="cache/a.txt")
    assert told["ContentType"] == "text/plain; charset=utf-8"


def test_a_large_file_goes_up_in_parts(bucket: Bucket, tmp_path: Path) -> None:
    source = tmp_path / "book.m4b"
    source.write_bytes(bytes(3 * PART_BYTES))
    _put(Destination.open(bucket.url), "book.m4b", source)
    assert [method for method, _, _ in bucket.server.requests].count("PUT") == 3


def test_a_listing_is_one_request_and_always_fresh(bucket: Bucket) -> None:
    destination = Destination.open(bucket.url)
    for number in range(20):
        _put(destination, f"audio/{number}/one.mp3", b"x")
    bucket.server.requests.clear()
    assert len(destination.listing()) == 20
    assert len(bucket.server.requests) == 1
    bucket.server.client.put_object(Bucket=bucket.name, Key="cache/by-others", Body=b"abc")
    bucket.server.client.put_object(Bucket=bucket.name, Key="cache/folder/", Body=b"")
    bucket.server.client.put_object(Bucket=bucket.name, Key="cachet/elsewhere", Body=b"abc")
    assert len(destination.listing()) == 21
    bucket.server.requests.clear()
    destination.remove([f"audio/{number}/one.mp3" for number in range(20)])
    assert len(bucket.server.requests) == 1
    assert destination.listing() == {"by-others": 3}


def test_a_file_that_grew_elsewhere_is_read_whole(bucket: Bucket) -> None:
    destination = Destination.open(bucket.url)
    _put(destination, "feed.xml", b"short")
    destination.listing()
    bucket.server.client.put_object(Bucket=bucket.name, Key="cache/feed.xml", Body=b"much longer")
    assert destination.read("feed.xml") == b"much longer"


def test_a_bucket_itself_can_be_one(bucket: Bucket) -> None:
    destination = Destination.open(f"s3://{bucket.name}")
    assert destination.listing() == {}
    _put(destination, "feed.xml", b"x")
    assert destination.listing() == {"feed.xml": 1}


def test_a_bucket_that_is_not_there_is_told(aws: Server) -> None:
    destination = Destination.open("s3://no-such-bucket-here/show")
    for act in (
        destination.listing,
        lambda: destination.read("feed.xml"),
        lambda: _put(destination, "feed.xml", b"x"),
        lambda: destination.remove(["a", "b"]),
    ):
        with pytest.raises(StoreError, match="the bucket does not exist") as caught:
            act()
        assert "--store" not in str(caught.value)


def test_missing_credentials_are_told(aws: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(StoreError, match="credentials") as caught:
        _put(Destination.open("s3://some-bucket/show"), "feed.xml", b"x")
    assert "\n" not in str(caught.value)
