"""The commands about lexicons, `diff`, and SSML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from pipeline.cli import main
from tests.conftest import Workbench


@pytest.fixture
def at(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """The workbench as the current folder; cache and settings are the user's."""
    monkeypatch.chdir(bench.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(bench.root / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(bench.root / "settings"))
    return bench


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    assert main(arguments) == code
    out, err = capsys.readouterr()
    return out, err


def test_add_list_and_export(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "lexicon", "add", "moon", "Moon", "--alias", "moooon", "--note", "me") == (
        "lexicon.toml: 1 added\n",
        "",
    )
    run(capsys, "lexicon", "add", "lead", "--alias", "led", "--context", "pipe", "--episode", "tides")
    run(capsys, "lexicon", "add", "SQL", "--ipa", "/'si:kwəl/", "--language", "en", "--site")
    out, _ = run(capsys, "lexicon", "list", "--episode", "tides")
    assert out == (
        "scripts/tides.lexicon.toml  (article)\n  lead: “led”; near pipe\n"
        "lexicon.toml  (show)\n  moon, Moon: “moooon”; (me)\n"
        "settings/articlecast/lexicon.toml  (site)\n  SQL: /ˈsiːkwəl/; in en\n"
    )
    out, _ = run(capsys, "lexicon", "list", "--json")
    assert [json.loads(line)["scope"] for line in out.splitlines()] == ["show", "site"]
    out, err = run(capsys, "lexicon", "export", "--format", "pls", "--episode", "tides", "--language", "en-GB")
    assert etree.fromstring(out.encode()).get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert err == "note: left out: lead: it holds only near certain words\n"
    Path("all.pls").write_text(out, encoding="utf-8")
    assert run(capsys, "lexicon", "import", "all.pls", "--episode", "other")[0] == (
        "scripts/other.lexicon.toml: 2 added\n"
    )
    assert "2 there already" in run(capsys, "lexicon", "import", "all.pls", "--episode", "other")[0]


def test_mistakes_of_the_caller(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, message in (
        (("add", "moon"), "says nothing"),
        (("add", "moon", "--alias", "a", "--site", "--episode", "b"), "choose one"),
        (("add", "moon", "--ipa", "MOON"), "International Phonetic Alphabet"),
        (("import", "nowhere.pls"), "no such file"),
        (("import", "tides.md"), "not well-formed"),
        (("add", "moon", "--alias", "a", "--language", "zz-!!"), "must be a tag such as en or pt-BR"),
    ):
        assert message in run(capsys, "lexicon", *arguments, code=2)[1]


@pytest.mark.model
def test_check(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    at.edit("Bays make", "Zzyzxville bays make")
    at.edit("author: The articlecast project\n", "")
    Path("more.md").write_text("# More\n\nIt lies at Zzyzxville.\n", encoding="utf-8")
    out, _ = run(capsys, "lexicon", "check", "tides.md", "more.md", "--voice", "tone")
    assert out == "   2 × Zzyzxville  (in no dictionary)\n       Zzyzxville bays make tides larger.\n"
    out, _ = run(capsys, "lexicon", "check", "tides.md", "more.md", "--voice", "espeak:en-gb", "--json")
    (line,) = out.splitlines()
    told = json.loads(line)
    assert (told["word"], told["count"], told["articles"]) == ("Zzyzxville", 2, ["How tides work", "More"])
    run(capsys, "lexicon", "add", "Zzyzxville", "--alias", "Zizix")
    assert run(capsys, "lexicon", "check", "tides.md", "--voice", "tone")[0] == "every word is known\n"


def test_diff(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, "diff", "tides.md", "--voice", "tone")
    assert out == "tides: nothing is known of a last render; all of it will be new\n"
    run(capsys, "render", "tides.md", "--voice", "tone")
    at.edit("Bays make tides larger.", "Bays make most tides larger. Ask why.")
    at.edit("A second heap surprises many readers.\n\n", "")
    out, _ = run(capsys, "diff", "tides.md", "--voice", "tone")
    head, _, rest = out.partition("\n")
    assert head.startswith("tides: 1 changed, 1 added, 1 removed")
    assert rest == (
        "\n# The pull of the moon\n- A second heap surprises many readers.\n"
        "\n# The shape of the coast\n~ Bays make {+most+} tides larger.\n+ Ask why.\n"
    )
    out, _ = run(capsys, "diff", "tides.md", "--voice", "tone", "--json")
    told = json.loads(out)
    assert [change["kind"] for change in told["changes"]] == ["removed", "changed", "added"]
    assert told["script"] == "scripts/tides.txt"
    out, _ = run(capsys, "diff", "tides.md", "--voice", "tone", "--store", "another")
    assert out.startswith("tides: rendered before, but the cache (--store) does not know what was said then")


def test_a_language_that_is_no_tag(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (("narrate", "tides.md"), ("render", "tides.md"), ("normalise",), ("lexicon", "export")):
        _, err = run(capsys, *arguments, "--language", "zz-!!", code=2)
        assert err == "articlecast: --language must be a tag such as en or pt-BR, not 'zz-!!'\n"


def test_ssml(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = run(capsys, "narrate", "tides.md", "--format", "ssml")
    assert etree.fromstring(out.encode()).get("version") == "1.1"
    assert err.startswith("scripts/tides.txt  ")
    Path("more.md").write_text("# More\n\nWords.\n", encoding="utf-8")
    assert "name a folder" in run(capsys, "narrate", "tides.md", "more.md", "--format", "ssml", code=2)[1]
    run(capsys, "narrate", "tides.md", "more.md", "--format", "ssml", "-o", "spoken")
    assert sorted(path.name for path in Path("spoken").iterdir()) == ["more.ssml", "tides.ssml"]
    assert (Path("spoken") / "tides.ssml").read_text(encoding="utf-8") == out
    assert "--output is for SSML" in run(capsys, "narrate", "tides.md", "-o", "spoken", code=2)[1]
