"""A small SFTP server on this machine, which keeps its files in a folder."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import paramiko
import pytest

USER, PASSWORD = "desk", "p@ss word"
QUOTED = "p%40ss%20word"


@dataclass(slots=True, kw_only=True)
class SftpServer:
    """A running server.

    Attributes:
        port: Where it listens on 127.0.0.1.
        root: Folder that it takes for ``/``.
        key: Its own key, of which a client must know the public part.
        home: What the client's ``~`` should be; its known_hosts knows the server.
        client_key: A key in ``~/.ssh`` of that home, with which the server lets the user in.
        refuses: Names of operations that it does not know.
        written: Paths that were opened for writing.
    """

    port: int
    root: Path
    key: Any
    home: Path
    client_key: Any
    refuses: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)

    def address(self, path: str = "", password: str = QUOTED) -> str:
        """Address of a folder on it."""
        return f"sftp://{USER}{f':{password}' if password else ''}@127.0.0.1:{self.port}/{path}"


class _Login(paramiko.ServerInterface):  # type: ignore[misc]
    def __init__(self, server: SftpServer) -> None:
        self._server = server

    def check_auth_password(self, username: str, password: str) -> int:
        good = (username, password) == (USER, PASSWORD)
        return int(paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED)

    def check_auth_publickey(self, username: str, key: Any) -> int:
        good = username == USER and key == self._server.client_key
        return int(paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED)

    def get_allowed_auths(self, username: str) -> str:
        return "password,publickey"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED)


class _Handle(paramiko.SFTPHandle):  # type: ignore[misc]
    def stat(self) -> Any:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


def _told(error: OSError) -> int:
    return int(paramiko.SFTPServer.convert_errno(error.errno or 0))


class _Files(paramiko.SFTPServerInterface):  # type: ignore[misc]
    server: SftpServer

    def __init__(self, _login: Any, *, files: SftpServer) -> None:
        super().__init__(_login)
        self.server = files

    def _real(self, path: str) -> str:
        return f"{self.server.root}{self.canonicalize(path)}"

    def _do(self, act: Any, *arguments: Any) -> Any:
        try:
            act(*arguments)
        except OSError as error:
            return _told(error)
        return paramiko.SFTP_OK

    def list_folder(self, path: str) -> Any:
        try:
            found = []
            for entry in os.scandir(self._real(path)):
                told = paramiko.SFTPAttributes.from_stat(entry.stat(follow_symlinks=False))
                told.filename = entry.name
                found.append(told)
        except OSError as error:
            return _told(error)
        return found

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(Path(self._real(path)).stat())
        except OSError as error:
            return _told(error)

    def lstat(self, path: str) -> Any:
        return self.stat(path)

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            number = os.open(self._real(path), flags, 0o644)
        except OSError as error:
            return _told(error)
        writing = flags & (os.O_WRONLY | os.O_RDWR)
        if writing:
            self.server.written.append(path)
        file = os.fdopen(number, "wb" if writing else "rb", buffering=0)
        handle = _Handle(flags)
        handle.readfile = handle.writefile = file
        return handle

    def mkdir(self, path: str, attr: Any) -> Any:
        return self._do(os.mkdir, self._real(path))

    def remove(self, path: str) -> Any:
        return self._do(os.remove, self._real(path))

    def posix_rename(self, oldpath: str, newpath: str) -> Any:
        if "posix_rename" in self.server.refuses:
            return paramiko.SFTP_OP_UNSUPPORTED
        return self._do(os.replace, self._real(oldpath), self._real(newpath))


@contextlib.contextmanager
def running(folder: Path) -> Iterator[SftpServer]:
    """A server whose files, keys and client's home are below ``folder``."""
    root, home = folder / "server", folder / "home"
    (home / ".ssh").mkdir(parents=True)
    root.mkdir()
    client_key = paramiko.ECDSAKey.generate()
    client_key.write_private_key_file(str(home / ".ssh" / "id_ecdsa"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = SftpServer(
            port=listening.getsockname()[1],
            root=root,
            key=paramiko.ECDSAKey.generate(),
            home=home,
            client_key=client_key,
        )
        known = f"[127.0.0.1]:{server.port} {server.key.get_name()} {server.key.get_base64()}\n"
        (home / ".ssh" / "known_hosts").write_text(known, encoding="utf-8")
        transports: list[Any] = []
        ended = threading.Event()

        def serve() -> None:
            listening.settimeout(0.1)
            while not ended.is_set():
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                transport = paramiko.Transport(connection)
                transport.add_server_key(server.key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer, sftp_si=_Files, files=server)
                transports.append(transport)
                with contextlib.suppress(paramiko.SSHException, EOFError):
                    transport.start_server(server=_Login(server), event=threading.Event())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            ended.set()
            thread.join()
            for transport in transports:
                transport.close()
                transport.join(5)


@contextlib.contextmanager
def at_home(folder: Path) -> Iterator[SftpServer]:
    """As `running`, with the server's idea of this client's home taken for ours."""
    with pytest.MonkeyPatch.context() as patch, running(folder) as server:
        patch.setenv("HOME", str(server.home))
        patch.setenv("USERPROFILE", str(server.home))
        patch.delenv("SSH_AUTH_SOCK", raising=False)
        yield server
