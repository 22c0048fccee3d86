"""Nobody but a person at this machine is answered: other names, other sites, forms, paths that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Workbench, make_workbench
from tests.serve.running import TOKEN, Client, previewing

SECRET = "nothing that a server may give away"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    root = tmp_path_factory.mktemp("guard")
    (root / "secret.txt").write_text(f"%script 1\n\n{SECRET}.\n", encoding="utf-8")
    bench = make_workbench(root / "bench")
    bench.render(sidecars=("readalong", "daisy202"))
    output = bench.root / "output" / "tides"
    (output / "link.txt").symlink_to(root / "secret.txt")
    (output / "linked").symlink_to(root, target_is_directory=True)
    (output / ".hidden").write_text(SECRET, encoding="utf-8")
    (bench.root / "output" / "linked").symlink_to(root, target_is_directory=True)
    (bench.root / "scripts" / "linked.txt").symlink_to(root / "secret.txt")
    return bench


@pytest.fixture(scope="module")
def client(bench: Workbench) -> Iterator[Client]:
    with previewing(bench.options) as client:
        yield client


# ── names of other machines (DNS rebinding) ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LocalHost:{port}"])
def test_this_machine_is_answered(client: Client, name: str) -> None:
    assert client.ask("/", headers={"Host": name.format(port=client.port)}).status == 200


@pytest.mark.parametrize(
    "name",
    [
        "evil.example:{port}",
        "localhost",
        "localhost:1",
        "127.0.0.1",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "evil.example@localhost:{port}",
        "0.0.0.0:{port}",
        "[::]:{port}",
        "localhost:{port}, evil.example",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/review/tides", "/episodes/tides/tides.mp3", "/api/tides/script"])
def test_another_name_for_this_machine_is_not(client: Client, name: str, path: str) -> None:
    found = client.ask(path, headers={"Host": name.format(port=client.port)})
    assert found.status in (400, 421)
    assert b"tides" not in found.body


def test_a_rebound_page_cannot_change_anything_either(client: Client, bench: Workbench) -> None:
    host = f"evil.example:{client.port}"
    before = bench.script.read_bytes()
    found = client.post("/api/tides/edit", sentence(client), Host=host, Origin=f"http://{host}")
    assert found.status == 421
    assert bench.script.read_bytes() == before


# ── other sites (CSRF) ───────────────────────────────────────────────────────────────────────────────────────────────


def sentence(client: Client) -> dict[str, str]:
    one = client.ask("/api/tides/script").plain["sentences"][3]
    return {"id": one["id"], "spoken": "Somebody else was here.", "expected": one["spoken"]}


@pytest.mark.parametrize(
    "changes",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Origin": "https://localhost:{port}"},
        {"Origin": "http://127.0.0.1:{port}"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Articlecast-Token": ""},
        {"X-Articlecast-Token": "another"},
        {"X-Articlecast-Token": TOKEN[:-1]},
        {"X-Articlecast-Token": "ü"},
        {"Content-Type": ""},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
    ],
)
def test_a_change_is_asked_for_by_our_page_alone(client: Client, bench: Workbench, changes: dict[str, str]) -> None:
    before = bench.script.read_bytes()
    texts = {name: text.format(port=client.port) for name, text in changes.items()}
    assert client.post("/api/tides/edit", sentence(client), **texts).status in (403, 415)
    assert client.post("/api/tides/render", {}, **texts).status in (403, 415)
    assert bench.script.read_bytes() == before
    assert client.ask("/api/tides/render").plain["state"] == "none"


def test_a_forms_post_changes_nothing(client: Client, bench: Workbench) -> None:
    before = bench.script.read_bytes()
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://evil.example"}
    for path in ("/api/tides/edit", "/review/tides", "/"):
        assert client.ask(path, "POST", headers=form, body=b"id=1&spoken=x&expected=y").status in (403, 405)
    assert bench.script.read_bytes() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_not_known(client: Client, method: str) -> None:
    found = client.ask("/api/tides/edit", method, headers={"Origin": client.origin})
    assert found.status == 405
    assert not [name for name in found.headers if name.lower().startswith("access-control-")]


def test_another_site_may_lead_here_but_takes_nothing(client: Client) -> None:
    cross = {"Sec-Fetch-Site": "cross-site"}
    link = {**cross, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.ask("/review/tides", headers=link).status == 200
    for path in ("/review/tides", "/episodes/tides/tides.mp3", "/static/review.js"):
        assert (
            client.ask(path, headers={**cross, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}).status == 403
        )
        assert client.ask(path, headers={**cross, "Sec-Fetch-Mode": "cors"}).status == 403
        framed = {**cross, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
        assert client.ask(path, headers=framed).status == 403
        assert client.ask(path, headers={"Origin": "http://evil.example"}).status == 403


@pytest.mark.parametrize(
    "path", ["/", "/review/tides", "/episodes/tides/", "/nothing", "/api/tides/script", "/review/no"]
)
def test_every_answer_says_what_a_browser_must_not_do(client: Client, path: str) -> None:
    headers = client.ask(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["access-control-allow-origin"] is None
    assert headers["server"] is None


def test_a_page_of_an_episode_runs_its_own_script_and_no_other(client: Client, bench: Workbench) -> None:
    policy = client.ask("/episodes/tides/tides.readalong.html").headers["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert "connect-src" not in policy, "what is not named falls to default-src 'none'"
    assert "frame-ancestors 'none'" in policy
    odd = bench.root / "output" / "tides" / "odd.html"
    for meta in ("", "script-src 'unsafe-inline'", "script-src * 'sha256-AAAA'", "script-src 'none'; script-src *"):
        head = f'<meta http-equiv="Content-Security-Policy" content="{meta}">' if meta else ""
        odd.write_text(f"<!DOCTYPE html>{head}<script>window.ran = 1</script>", encoding="utf-8")
        assert "script-src" not in client.ask("/episodes/tides/odd.html").headers["content-security-policy"]


def test_a_body_is_never_large(client: Client) -> None:
    headers = {"Content-Type": "application/json", "Origin": client.origin, "X-Articlecast-Token": TOKEN}
    assert client.post("/api/tides/edit", {"id": "x" * 70_000, "spoken": "", "expected": ""}).status == 413
    claimed = client.ask("/api/tides/edit", "POST", headers={**headers, "Content-Length": "99999999999999"}, body=b"{}")
    assert claimed.status == 413
    chunks = client.ask("/api/tides/edit", "POST", headers=headers, body=iter([b"{", b"}"]))
    assert chunks.status == 411
    for body in (b"", b"[]", b"{", b"null", b'{"id": 1, "spoken": "", "expected": ""}', b"[" * 60_000, b"\xff"):
        assert client.ask("/api/tides/edit", "POST", headers=headers, body=body).status == 400


# ── paths ────────────────────────────────────────────────────────────────────────────────────────────────────────────

STEPS = (
    "..",
    "../secret.txt",
    "../../secret.txt",
    "%2e%2e/%2e%2e/secret.txt",
    "%2e%2e%2f%2e%2e%2fsecret.txt",
    "..%2f..%2fsecret.txt",
    "..\\..\\secret.txt",
    "..%5c..%5csecret.txt",
    "..%c0%af..%c0%afsecret.txt",
    "%252e%252e/secret.txt",
    "....//....//secret.txt",
    "./tides.mp3",
    "/etc/passwd",
    "//etc/passwd",
    "%2Fetc%2Fpasswd",
    "C:/Windows/win.ini",
    "C:%5CWindows",
    "tides.mp3%00.html",
    "tides.mp3/",
    "link.txt",
    "linked/secret.txt",
    "linked/bench/tides.md",
    ".hidden",
    "~/secret.txt",
    "tides.mp3:stream",
    "tides.MP3x",
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("place", ["/episodes/tides/", "/static/", "/published/"])
def test_no_path_leads_out_of_the_episode(client: Client, place: str, step: str) -> None:
    found = client.ask(place + step)
    assert found.status in (400, 404), found.body[:200]
    assert SECRET not in found.text


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e", "linked", ".", "tides/..", "..%2fsecret", "%2Fetc", "C:", "tides.txt"]
)
@pytest.mark.parametrize("place", ["/episodes/{}/", "/episodes/{}/secret.txt", "/review/{}", "/api/{}/script"])
def test_no_name_leads_to_another_folder(client: Client, place: str, name: str) -> None:
    found = client.ask(place.format(name))
    assert found.status in (400, 404), found.body[:200]
    assert SECRET not in found.text


def test_files_in_folders_of_the_episode_are_there(client: Client, bench: Workbench) -> None:
    folder = bench.root / "output" / "tides"
    (inside,) = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    one: Path = min(path for path in inside.iterdir() if path.suffix == ".smil")
    assert client.ask(f"/episodes/tides/{one.relative_to(folder).as_posix()}").body == one.read_bytes()
