"""An S3 server of our own on this machine."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass(slots=True, kw_only=True)
class Server:
    """A running server.

    Attributes:
        endpoint: Its address.
        client: A boto3 client for it.
        requests: Method, path and status of each request so far.
    """

    endpoint: str
    client: Any
    requests: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A fresh bucket, and the address of a store in it."""

    server: Server
    name: str
    url: str


KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests of this process."""
    import boto3
    from moto.moto_server import werkzeug_app
    from moto.server import ThreadedMotoServer

    found: Server

    def note(handler: Any, code: Any = "-", _size: Any = "-") -> None:
        found.requests.append((handler.command, handler.path.partition("?")[0], int(code)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(werkzeug_app.MotoRequestHandler, "log_request", note)
        running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        running.start()
        host, port = running.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name="us-east-1",
        )
        found = Server(endpoint=endpoint, client=client)
        yield found
        client.close()
        running.stop()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch, server: Server) -> Iterator[Server]:
    """The server as the environment names it; what s3fs remembers of earlier tests is forgotten."""
    from s3fs import S3FileSystem

    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/nowhere/at/all")
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    S3FileSystem.clear_instance_cache()
    yield server
    S3FileSystem.clear_instance_cache()


@pytest.fixture
def bucket(aws: Server) -> Bucket:
    """A bucket of the test's own."""
    name = f"shelf-{uuid.uuid4().hex[:12]}"
    aws.client.create_bucket(Bucket=name)
    aws.requests.clear()
    return Bucket(server=aws, name=name, url=f"s3://{name}/cache")
