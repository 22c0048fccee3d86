"""A store on an S3 server: a real one, on this machine."""

from __future__ import annotations

import importlib
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import MissingDependency, StoreError
from pipeline.store.blobs import read_many, write_many
from pipeline.store.care import usage, verify
from pipeline.store.collect import collect
from pipeline.store.listing import listing
from pipeline.store.objects import Span, reach
from pipeline.store.store import Store
from tests.conftest import Workbench, make_workbench
from tests.store.conftest import Bucket, Server

WARM_REQUESTS = 20
SHORT = """\
---
title: Tides
language: en-GB
---

The sea breathes twice a day.

Bays make tides larger. A wide bay does not.
"""


@pytest.fixture
def shelf(bucket: Bucket, tmp_path: Path) -> Workbench:
    """A workbench whose store is on the server."""
    bench = make_workbench(tmp_path / "bench", SHORT)
    bench.options = replace(bench.options, store=bucket.url)
    return bench


def test_an_episode_is_rendered_kept_and_edited(shelf: Workbench, bucket: Bucket, tmp_path: Path) -> None:
    local = make_workbench(tmp_path / "local", SHORT)
    assert shelf.render().spoken == local.render().spoken
    assert shelf.files() == local.files()
    bucket.server.requests.clear()
    assert shelf.render().spoken == 0
    warm = bucket.server.requests.copy()
    assert len(warm) <= WARM_REQUESTS, warm
    for bench in (shelf, local):
        bench.edit("Bays make tides larger.", "Bays make most tides larger.")
    assert local.render().spoken == 1
    # in a process that is spawned, where s3fs starts a loop of its own
    assert shelf.render(executor="processes").spoken == 1
    assert shelf.files() == local.files()
    shutil.rmtree(shelf.root / "output")
    bucket.server.requests.clear()
    assert shelf.render().spoken == 0
    assert shelf.files() == local.files()
    assert len(bucket.server.requests) <= WARM_REQUESTS, "frames are read by the pack"


def test_damaged_packs_are_made_again(shelf: Workbench, bucket: Bucket) -> None:
    shelf.render()
    before = shelf.files()
    shutil.rmtree(shelf.root / "output")
    client = bucket.server.client
    packs = client.list_objects_v2(Bucket=bucket.name, Prefix="cache/blobs/")["Contents"]
    for number, found in enumerate(packs):
        data = client.get_object(Bucket=bucket.name, Key=found["Key"])["Body"].read()
        damaged = (data[: len(data) // 2], b"\0" + data[1:], b"", None)[number % 4]
        if damaged is None:
            client.delete_object(Bucket=bucket.name, Key=found["Key"])
        else:
            client.put_object(Bucket=bucket.name, Key=found["Key"], Body=damaged)
    report = shelf.render()
    assert report.encoded
    assert any("made again" in warning for warning in report.warnings)
    assert shelf.files() == before


@pytest.mark.parametrize("damaged", [b"", b"first", b"FIRST run"])
def test_a_damaged_blob_is_a_warning_and_a_miss(bucket: Bucket, damaged: bytes) -> None:
    store = Store(bucket.url)
    ref = store.blobs.put(b"first run")
    place = store.blobs.path(ref.blob).removeprefix(f"{bucket.name}/")
    bucket.server.client.put_object(Bucket=bucket.name, Key=place, Body=damaged)
    assert store.get(ref) is None
    assert store.warnings
    assert store.get(store.blobs.put(b"first run")) == b"first run", "putting it again repairs it"


def test_many_objects_are_one_request_each_and_all_at_once(bucket: Bucket) -> None:
    fs, root = reach(bucket.url)
    objects = {f"{root}/{number:03}": bytes([number]) * 100 for number in range(50)}
    write_many(fs, objects, local=False)
    spans = [Span(path=path) for path in objects]
    assert read_many(fs, spans, local=False) == list(objects.values())
    assert [method for method, _, _ in bucket.server.requests].count("GET") == 50
    assert len(bucket.server.requests) == 100
    odd = [
        Span(path=f"{root}/none"),
        Span(path=f"{root}/007", offset=98, length=10),
        Span(path=f"{root}/007", offset=100, length=10),
        Span(path=f"{root}/007", offset=5, length=0),
    ]
    assert read_many(fs, odd, local=False) == [None, b"\7\7", b"", b""]


def test_no_listing_is_stale(bucket: Bucket) -> None:
    store = Store(bucket.url)
    first = store.blobs.put(b"first")
    other = f"cache/blobs/ff/{'f' * 64}"

    def listed() -> set[str]:
        return {found.path for found in listing(store.blobs.fs, f"{store.root}/blobs", local=False)}

    assert listed() == {store.blobs.path(first.blob)}
    bucket.server.client.put_object(Bucket=bucket.name, Key=other, Body=b"of another machine")
    assert f"{bucket.name}/{other}" in listed()
    bucket.server.client.delete_object(Bucket=bucket.name, Key=other)
    assert listed() == {store.blobs.path(first.blob)}
    assert store.get(replace(first, blob="f" * 64)) is None


def test_care_is_taken_of_it(shelf: Workbench, bucket: Bucket) -> None:
    shelf.render()
    shelf.edit("Bays make tides larger.", "Bays make most tides larger.")
    shelf.render()
    store = Store(bucket.url)
    assert usage(store).unused.number
    assert collect(store).removed.number == 0, "what is young is kept"
    told = collect(store, grace_s=0, dry_run=True)
    assert collect(store, grace_s=0) == told
    after = usage(store)
    assert (after.unused.number, after.total) == (0, told.kept)
    assert not verify(store).damaged
    key = bucket.server.client.list_objects_v2(Bucket=bucket.name, Prefix="cache/blobs/")["Contents"][0]["Key"]
    bucket.server.client.put_object(Bucket=bucket.name, Key=key, Body=b"damage")
    assert verify(store).damaged == (f"{bucket.name}/{key}",)
    assert not verify(store).damaged


def test_what_cannot_be_removed_is_told(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(bucket.url)
    store.blobs.put(b"one")
    store.blobs.put(b"two")
    monkeypatch.setattr(store.blobs.fs, "rm", lambda _paths: None)  # as S3 without the permission
    with pytest.raises(StoreError, match="does not let go of 2"):
        collect(store, grace_s=0)


# ── what people are told ─────────────────────────────────────────────────────────────────────────────────────────────


def complaint(bench: Workbench, url: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The only line that a render with a store that cannot be used says."""
    arguments = ["--scripts", str(bench.root / "scripts"), "--output", str(bench.root / "output"), "--voice", "tone"]
    assert main(["render", str(bench.article), "--store", url, *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    lines = [line for line in err.splitlines() if "% spoken" not in line]
    assert len(lines) == 1, err
    return lines[0]


def test_a_missing_bucket(aws: Server, bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert "bucket does not exist" in complaint(bench, "s3://no-such-shelf/cache", capsys)
    assert main(["cache", "--store", "s3://no-such-shelf/cache"]) == 1
    assert "bucket does not exist" in capsys.readouterr().err


def test_no_credentials(bucket: Bucket, bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_ACCESS_KEY_ID")
        patch.delenv("AWS_SECRET_ACCESS_KEY")
        assert "redentials" in complaint(bench, bucket.url, capsys)


def test_wrong_credentials(
    bucket: Bucket, bench: Workbench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from moto import settings

    monkeypatch.setattr(settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0)  # from now on the server looks at keys
    assert "Access Key" in complaint(bench, bucket.url, capsys)


def test_a_server_that_is_away(
    aws: Server, bench: Workbench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # the port of "discard", where nobody listens
    assert "Could not connect" in complaint(bench, "s3://shelf/cache", capsys)


@pytest.mark.parametrize(("url", "extra"), [("s3://shelf/cache", "s3"), ("gs://shelf/cache", "gs")])
def test_a_missing_package_is_named_with_its_install_line(
    url: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    importlib.import_module("fsspec.registry")
    for name in ("s3fs", "gcsfs"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("s3", "gs"):
        monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, name, raising=False)
    with pytest.raises(MissingDependency) as caught:
        Store(url)
    assert f"pip install 'articlecast[{extra}]'" in str(caught.value)
