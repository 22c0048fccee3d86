"""A destination on a server that speaks SFTP; only a server whose key is known is trusted."""

from __future__ import annotations

import contextlib
import io
import logging
import secrets
import stat
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import paramiko

from pipeline.errors import StoreError, UsageError
from pipeline.store.destination_folder import LEFT_BEHIND_S, opened
from pipeline.store.files import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 30.0
"""How long the server may take to answer."""
CHANNELS = 4
"""A channel does one thing at a time; servers allow ten over one connection."""
logging.getLogger("paramiko").addHandler(logging.NullHandler())  # what it logs, it raises too
_HOST_KEYS = Path("/etc/ssh/ssh_known_hosts")


class Server:
    """Files below a folder of a server.

    The host's key must be in ``~/.ssh/known_hosts``. Whoever we are is proved with the address's password, a key in
    ``~/.ssh``, or an agent.
    """

    def __init__(self, address: str) -> None:
        told = urlsplit(address)
        if not told.hostname:
            raise UsageError("the address names no host: sftp://user@host/path")
        try:
            self._port = told.port or 22
        except ValueError as error:
            raise UsageError("the address names no port that there is: sftp://user@host:22/path") from error
        self._host = told.hostname
        self._user = unquote(told.username or "") or None
        self._password = unquote(told.password or "") or None
        # as OpenSSH has it: /~/path begins in the user's own folder
        path = unquote(told.path).rstrip("/")
        self._root = f"{path.removeprefix('/~').lstrip('/') or '.'}/" if path.startswith("/~") else f"{path}/"
        self._client: paramiko.SSHClient | None = None
        self._free: list[Any] = []
        self._few = threading.BoundedSemaphore(CHANNELS)
        self._lock = threading.Lock()
        self._left: list[str] = []

    def listing(self) -> dict[str, int]:
        """Path → bytes; links to folders are not followed."""
        self._left = []
        with self._channel() as ftp:
            return dict(self._below(ftp, ""))

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None where there is none."""
        data = io.BytesIO()
        with self._channel() as ftp:
            try:
                ftp.getfo(self._root + path, data)
            except FileNotFoundError:
                return None
        return data.getvalue()

    def put(self, path: str, source: Path | bytes, media_type: str, cache_control: str) -> None:
        """Write beside the file, and rename over it."""
        del media_type, cache_control  # the web server's business
        target = self._root + path
        temporary = f"{target.rpartition('/')[0]}/{TEMPORARY}{secrets.token_hex(8)}"
        with opened(source) as data, self._channel() as ftp:
            file = io.BytesIO(data) if isinstance(data, bytes) else data
            try:
                try:
                    ftp.putfo(file, temporary)
                except FileNotFoundError:
                    self._make_folder(ftp, target.rpartition("/")[0])
                    file.seek(0)
                    ftp.putfo(file, temporary)
                _move(ftp, temporary, target)
            except BaseException:
                with contextlib.suppress(Exception):  # it may not be there, nor the server
                    ftp.remove(temporary)
                raise

    def remove(self, paths: list[str]) -> None:
        """Remove files; folders stay."""
        with self._channel() as ftp:
            for path in (*paths, *self._left):
                with contextlib.suppress(FileNotFoundError):
                    ftp.remove(self._root + path)
        self._left = []

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            self._free.clear()
            if self._client is not None:
                self._client.close()
                self._client = None

    def _below(self, ftp: Any, prefix: str) -> Iterator[tuple[str, int]]:
        try:
            found = ftp.listdir_attr((self._root + prefix).rstrip("/") or "/")
        except FileNotFoundError:
            return
        for entry in found:
            path, told = f"{prefix}{entry.filename}", entry
            if stat.S_ISLNK(entry.st_mode):
                try:
                    told = ftp.stat(self._root + path)
                except FileNotFoundError:
                    continue
            elif stat.S_ISDIR(entry.st_mode):
                yield from self._below(ftp, f"{path}/")
            if stat.S_ISREG(told.st_mode):
                if entry.filename.startswith(TEMPORARY) and time.time() - told.st_mtime > LEFT_BEHIND_S:
                    self._left.append(path)
                yield path, told.st_size

    def _make_folder(self, ftp: Any, folder: str) -> None:
        """Make a folder and those above it; somebody else may be making them too."""
        parent = folder.rpartition("/")[0]
        for missing in (bool(parent), False):
            try:
                ftp.mkdir(folder)
            except FileNotFoundError:
                if not missing:
                    raise
                self._make_folder(ftp, parent)
            except OSError:
                if not stat.S_ISDIR(ftp.stat(folder).st_mode):
                    raise
                return
            else:
                return

    @contextlib.contextmanager
    def _channel(self) -> Iterator[Any]:
        """A channel of one's own, for as long as it is used."""
        with self._few:
            with self._lock:
                ftp = self._free.pop() if self._free and self._alive() else self._connected().open_sftp()
                ftp.get_channel().settimeout(PATIENCE_S)
            try:
                yield ftp
            except BaseException:
                ftp.close()
                raise
            with self._lock:
                self._free.append(ftp)

    def _alive(self) -> bool:
        transport = self._client.get_transport() if self._client else None
        return transport is not None and transport.is_active()

    def _connected(self) -> Any:
        if self._client is not None and self._alive():
            return self._client
        self._free.clear()
        client = paramiko.SSHClient()
        client.load_system_host_keys()
        if _HOST_KEYS.is_file():
            client.load_system_host_keys(str(_HOST_KEYS))
        client.set_missing_host_key_policy(_OnlyKnown())
        try:
            client.connect(
                self._host,
                self._port,
                self._user,
                self._password,
                timeout=PATIENCE_S,
                banner_timeout=PATIENCE_S,
                auth_timeout=PATIENCE_S,
            )
        except paramiko.BadHostKeyException as error:
            client.close()
            message = "the host shows another key than ~/.ssh/known_hosts has: it was changed, or this is another host"
            raise StoreError(message) from error
        except (paramiko.AuthenticationException, paramiko.PasswordRequiredException) as error:
            client.close()
            raise StoreError(f"the host does not let {self._user or 'you'} in: no key or password fits") from error
        except UnknownHost as error:
            client.close()
            port = f"-p {self._port} " if self._port != 22 else ""
            known = f"connect once with `ssh {port}{self._host}` and compare its key, or add it to ~/.ssh/known_hosts"
            raise StoreError(f"nobody has said that this is the right host ({error}); {known}") from error
        except BaseException:
            client.close()
            raise
        self._client = client
        return client


class UnknownHost(Exception):
    """A host whose key we have not got; the message is the key's fingerprint."""


class _OnlyKnown:
    """paramiko's policy for hosts that are not known: refuse, where fsspec's own way would trust anybody."""

    def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
        """Refuse."""
        del client, hostname
        raise UnknownHost(f"{key.get_name()} {key.fingerprint}")


def _move(ftp: Any, source: str, target: str) -> None:
    try:
        ftp.posix_rename(source, target)
    except OSError as error:
        if "unsupported" not in str(error).lower():
            raise
        message = "this server cannot replace a file in one step (it lacks posix-rename@openssh.com)"
        raise StoreError(message) from error
