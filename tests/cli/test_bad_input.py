"""Bad input gets one clear line and the right exit code, and leaves nothing half-written."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.conftest import Workbench


@pytest.fixture
def at(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """The workbench as the current folder, and the store as the user's own."""
    monkeypatch.chdir(bench.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(bench.root / "cache"))
    return bench


def _complaint(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith("articlecast: ")
    return line


BAD: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: None,
    "folder": lambda path: path.mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "blank": lambda path: path.write_bytes(b" \n\n\t\n"),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "one line of 5 MB": lambda path: path.write_bytes(b"word " * 1_000_000),
    "one word of 5 MB": lambda path: path.write_bytes(b"a" * 5_000_000),
    "too large": lambda path: path.write_bytes(b"Some words.\n\n" * 1_700_000),
    "undecodable": lambda path: path.write_bytes(b"Caf\xe9 au lait.\n"),
}


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("kind", sorted(BAD))
def test_bad_articles(at: Workbench, kind: str, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = at.root / f"bad{suffix}"
    BAD[kind](path)
    assert main(["render", path.name, "--voice", "tone"]) == 2
    assert path.name in _complaint(capsys)
    for folder in ("output", "scripts"):
        assert not (at.root / folder).exists()


def test_a_limit_of_ones_own(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "tides.md", "--voice", "tone", "--max-input", "50"]) == 2
    assert "50" in _complaint(capsys)


@pytest.mark.parametrize("voice", ["nobody", "tone:nobody", "hibari:nobody", "espeak:klingon", ":", "hibari:emma"])
def test_unknown_voices(at: Workbench, voice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "tides.md", "--voice", voice]) == 2
    _complaint(capsys)
    assert not (at.root / "output").exists()


@pytest.mark.parametrize(
    "arguments",
    [["--formats", "midi"], ["--sidecars", "horoscope"], ["--executor", "oxen"], ["--show", "nowhere.toml"]],
)
def test_unknown_names(at: Workbench, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "tides.md", "--voice", "tone", *arguments]) == 2
    _complaint(capsys)


def test_an_output_that_cannot_be_written(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    (at.root / "output").write_text("in the way", encoding="utf-8")
    assert main(["render", "tides.md", "--voice", "tone", "--json"]) == 1
    assert "output" in _complaint(capsys)


def test_a_store_that_cannot_be_written(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    (at.root / "store").write_text("in the way", encoding="utf-8")
    assert main(["render", "tides.md", "--voice", "tone", "--store", "store", "--json"]) == 1
    assert "--store" in _complaint(capsys)


@pytest.mark.parametrize("after", [0, 5, 20])
def test_a_full_disk(
    at: Workbench, after: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    writes = iter(range(10**6))
    whole = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if next(writes) < after:
            return whole(path, data)
        whole(path, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", write_bytes)  # of this process: another one has its own
        assert main(["render", "tides.md", "--voice", "tone", "--executor", "inline", "--json"]) == 1
    assert "no space left" in _complaint(capsys)
    assert not list(at.root.rglob("*.mp3"))
    assert not [path for path in at.root.rglob(".articlecast-*") if path.is_file()]
    assert main(["render", "tides.md", "--voice", "tone", "--json"]) == 0


def test_a_failed_render_keeps_the_last_episode(
    at: Workbench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline import plugins
    from pipeline.errors import UsageError

    assert main(["render", "tides.md", "--voice", "tone"]) == 0
    before = at.files()
    at.edit("Bays make tides larger.", "Bays make most tides larger.")
    tone = plugins.load("engines", "tone")
    speak = tone.speak

    def mute(text: str, *rest: object, **named: object) -> object:
        if "most" in text:
            raise UsageError("the voice said nothing")  # nothing that another process would mend
        return speak(text, *rest, **named)

    capsys.readouterr()
    with monkeypatch.context() as broken:
        broken.setattr(tone, "speak", mute)
        assert main(["render", "tides.md", "--voice", "tone", "--executor", "inline", "--json"]) == 1
    line = _complaint(capsys)
    assert "1 utterance" in line
    assert "no audio was written" in line
    assert at.files() == before


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("%script 1\n%title Tides\n%nonsense x\n", "broken.txt:3"),
        ("%script 1\n%title Tides\n%language en\n\nA line.\n  | u1234567 volume=9  A line.\n", "broken.txt:6"),
        ("%script 7\n%title Tides\n", "broken.txt:1"),
    ],
)
def test_a_script_with_mistakes_names_the_line(
    at: Workbench, text: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (at.root / "broken.txt").write_text(text, encoding="utf-8")
    assert main(["render", "broken.txt", "--voice", "tone"]) == 2
    assert place in _complaint(capsys)


def test_an_open_conflict_waits_for_a_person(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    main(["render", "tides.md", "--voice", "tone"])
    before = at.files()
    at.edit("\nBays make tides larger.\n", "\nBays make the tide taller.\n", at.script)
    at.edit("Bays make tides larger.", "Funnels make tides larger.")
    capsys.readouterr()
    for _ in range(2):
        assert main(["render", "tides.md", "--voice", "tone"]) == 3
        assert "tides.txt" in _complaint(capsys)
    text = at.script.read_text(encoding="utf-8")
    assert "Bays make the tide taller." in text
    assert "Funnels make tides larger." in text
    assert at.files() == before
