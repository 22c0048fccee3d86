"""What was read and narrated before comes from the store, and only where nothing has changed that could change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import api, narrate
from pipeline.build import recall, versions
from pipeline.model.document import Document, Paragraph, Span
from pipeline.model.show import PROFILES, Pauses
from pipeline.narrate import room
from pipeline.narrate.normalise import normalise
from pipeline.store.store import Store
from pipeline.text.lexicon import Entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model.script import Script
    from tests.conftest import Workbench

DOCUMENT = Document(
    title="Tides",
    language="en",
    blocks=tuple(
        Paragraph(text=(Span(text=text),))
        for text in ("On 4 July, c. 1,200 people came.", "The SQL server sank.", "It is 3 km to “la mer du nord”.")
    ),
)
USUAL: dict[str, Any] = {"chapter_level": 3, "pauses": Pauses(), "profile": PROFILES["article"]}


class Counted:
    """Calls of a function that goes on working."""

    def __init__(self, act: Callable[..., Any]) -> None:
        self.act = act
        self.calls = 0

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.calls += 1
        return self.act(*args, **named)


@pytest.fixture
def narrations(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted(room.narrate)
    monkeypatch.setattr(room, "narrate", counted)
    return counted


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Counted:
    from pipeline import read

    counted = Counted(read.articles)
    monkeypatch.setattr(read, "articles", counted)
    return counted


@pytest.fixture
def sentences(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Sentences for which the rules are asked."""
    from pipeline.narrate import memo

    counted = Counted(normalise)
    monkeypatch.setattr(memo, "normalise", counted)
    return counted


def script(store: Store, document: Document = DOCUMENT, **changes: Any) -> Script:
    return recall.script(store, document, **{**USUAL, **changes})


@pytest.mark.parametrize("address", ["", "memory://recall"])
def test_a_script_that_is_known_is_the_same(tmp_path: Path, narrations: Counted, address: str) -> None:
    url = address or str(tmp_path / "store")
    first = script(Store(url))
    again = script(Store(url))
    assert again == first == narrate.narrate(DOCUMENT, language="en")
    assert narrations.calls == 2  # the first, and the bare one of the line above


def test_an_article_that_is_known_is_the_same(tmp_path: Path, readings: Counted) -> None:
    path = tmp_path / "tides.md"
    path.write_text("# Tides\n\nThe sea rises.\n", encoding="utf-8")
    first = recall.articles(Store(str(tmp_path / "store")), path)
    assert recall.articles(Store(str(tmp_path / "store")), path) == first
    assert readings.calls == 1
    path.write_text("# Tides\n\nThe sea falls.\n", encoding="utf-8")
    assert recall.articles(Store(str(tmp_path / "store")), path) != first
    other = path.rename(tmp_path / "tides.txt")
    assert recall.articles(Store(str(tmp_path / "store")), other)[0].uri == str(other)
    assert readings.calls == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"document": replace(DOCUMENT, title="Ebb")},
        {"document": replace(DOCUMENT, language="en-GB")},
        {"chapter_level": 2},
        {"pauses": Pauses(paragraph_ms=700)},
        {"profile": PROFILES["brief"]},
        {"lexicon": (Entry(graphemes=("SQL",), alias="sequel"),)},
    ],
    ids=["words", "language", "chapters", "pauses", "profile", "lexicon"],
)
def test_what_can_change_a_script_asks_for_a_new_one(
    tmp_path: Path, narrations: Counted, changes: dict[str, Any]
) -> None:
    store = Store(str(tmp_path / "store"))
    script(store)
    script(store, **changes)
    assert narrations.calls == 2


def test_other_code_asks_for_a_new_one(tmp_path: Path, narrations: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    script(Store(str(tmp_path / "store")))
    monkeypatch.setattr(recall, "fingerprint", lambda: "another")
    script(Store(str(tmp_path / "store")))
    assert narrations.calls == 2


@pytest.mark.parametrize("damage", [b"{", b"[]", b'{"title": 5}', b"\xff\xfe"])
def test_a_damaged_entry_is_a_warning_and_a_miss(tmp_path: Path, narrations: Counted, damage: bytes) -> None:
    first = script(Store(str(tmp_path / "store")))
    (entry,) = (tmp_path / "store" / "actions").rglob("*.json")
    entry.write_bytes(damage)
    store = Store(str(tmp_path / "store"))
    assert script(store) == first
    assert any("is damaged" in warning for warning in store.warnings)
    assert narrations.calls == 2
    assert script(Store(str(tmp_path / "store"))) == first
    assert narrations.calls == 2


def test_a_store_that_cannot_be_used_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where a folder is needed")
    store = Store(str(tmp_path / "store"))
    assert script(store) == narrate.narrate(DOCUMENT, language="en")
    assert any("narrated anew each time" in warning for warning in store.warnings)


def test_a_name_that_is_not_utf8_is_read_each_time(tmp_path: Path, readings: Counted) -> None:
    path = tmp_path / "gezeiten-\udcff.md"
    try:
        path.write_text("# Tides\n\nThe sea rises.\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    store = Store(str(tmp_path / "store"))
    assert recall.articles(store, path) == recall.articles(store, path)
    assert readings.calls == 2
    assert store.warnings == []


def test_an_edited_article_asks_the_rules_for_the_new_sentence_only(tmp_path: Path, sentences: Counted) -> None:
    store = str(tmp_path / "store")
    script(Store(store), article="tides.md")
    before = sentences.calls
    new = Paragraph(text=(Span(text="It is 5 km to the sea."),))
    edited = replace(DOCUMENT, blocks=(DOCUMENT.blocks[0], new, DOCUMENT.blocks[2]))
    assert script(Store(store), edited, article="tides.md") == narrate.narrate(edited, language="en")
    everything = 4  # the bare one above: the title and three sentences
    assert sentences.calls == before + 1 + everything


def test_a_damaged_memo_costs_time_only(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    memos = [entry for entry in _entries(tmp_path, store) if b"la mer" in entry.read_bytes()]
    assert memos
    for entry in memos:
        entry.write_bytes(b'{"en\\n\\nThe SQL server sank.": ["It swims.", [1, 2, 3], []], "en?\\nTides": 7}')
    edited = replace(DOCUMENT, title="Ebb")
    assert script(Store(store.url), edited, article="tides.md") == narrate.narrate(edited, language="en")


def _entries(tmp_path: Path, store: Store) -> list[Path]:
    script(store, article="tides.md")
    return [path for path in (tmp_path / "store" / "actions").rglob("*.json") if b'"chapters"' not in path.read_bytes()]


def test_a_lexicon_has_a_memo_of_its_own(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    script(Store(store), article="tides.md")
    lexicon = (Entry(graphemes=("SQL",), alias="sequel"),)
    found = script(Store(store), article="tides.md", lexicon=lexicon)
    assert found == narrate.narrate(DOCUMENT, language="en", lexicon=lexicon)
    assert any("sequel" in utterance.spoken for utterance in found.utterances())


def test_a_lexicon_that_is_edited_is_heard(bench: Workbench) -> None:
    bench.render()
    (bench.root / "lexicon.toml").write_text('[[word]]\ngrapheme = "sea"\nalias = "ocean"\n')
    assert bench.render().spoken > 0
    assert "ocean" in bench.script.read_text(encoding="utf-8")


def test_a_person_s_edit_survives_what_comes_from_the_store(bench: Workbench, narrations: Counted) -> None:
    bench.render()
    bench.edit("Bays make tides larger.\n  |", "Bays make tides much larger.\n  |", bench.script)
    assert bench.render().spoken == 1
    assert bench.render().spoken == 0
    bench.edit("Most people never ask why.", "Few people ask why.")
    assert bench.render().spoken == 1
    text = bench.script.read_text(encoding="utf-8")
    assert "Bays make tides much larger." in text
    assert "Few people ask why." in text
    assert narrations.calls == 2


def test_a_warm_build_equals_a_cold_one_after_an_edit(bench: Workbench) -> None:
    bench.render()
    bench.edit("Most people never ask why.", "Few people ask why.")
    bench.render()
    cold = bench.elsewhere("cold")
    cold.render()
    assert cold.script.read_bytes() == bench.script.read_bytes()


def test_status_and_why_ask_the_store_too(bench: Workbench, narrations: Counted, readings: Counted) -> None:
    bench.render()
    assert api.status(bench.article, bench.options).speak == 0
    assert api.why(bench.article, bench.options) == ()
    assert api.diff(bench.article, bench.options).changes == ()
    assert (narrations.calls, readings.calls) == (1, 1)


def test_the_language_of_a_text_is_found_out_once() -> None:
    from pipeline.text import plain_language

    text = "zzyzx qwrtp nonsense lorem ipsum dolor sit amet consectetur"
    used: dict[str, Any] = {}
    with plain_language.remembering({}, used):
        bare = plain_language.likeliest(text)
    assert len(used) == 1
    (question,) = used
    with plain_language.remembering({question: ["sv", 0.25]}, {}):
        assert plain_language.likeliest(text) == ("sv", 0.25)
    with plain_language.remembering({question: ["no language", 0.25]}, {}):
        assert plain_language.likeliest(text) == bare
    assert plain_language.likeliest(text) == bare


def test_the_code_is_part_of_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions.fingerprint.cache_clear()
    before = versions.fingerprint()
    versions.fingerprint.cache_clear()
    assert versions.fingerprint() == before
    (tmp_path / "extra.py").write_text("RULE = 1\n")
    monkeypatch.setattr(versions, "_PLACES", (*versions._PLACES, str(tmp_path)))
    versions.fingerprint.cache_clear()
    with_extra = versions.fingerprint()
    (tmp_path / "extra.py").write_text("RULE = 2\n")
    versions.fingerprint.cache_clear()
    assert len({before, with_extra, versions.fingerprint()}) == 3
    versions.fingerprint.cache_clear()


def test_a_library_s_version_and_a_stranger_s_plug_in_are_part_of_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        versions.fingerprint.cache_clear()
        return versions.fingerprint()

    seen = [told()]
    monkeypatch.syspath_prepend(str(tmp_path))
    assert told() == seen[0]
    (tmp_path / "num2words-99.0.dist-info").mkdir()
    seen.append(told())
    (tmp_path / "unrelated-1.0.dist-info").mkdir()
    assert told() == seen[-1]
    plugin = tmp_path / "stranger-1.0.dist-info"
    plugin.mkdir()
    (tmp_path / "stranger_rules").mkdir()
    module = tmp_path / "stranger_rules" / "__init__.py"
    module.write_text("LOUD = False\n")
    (plugin / "entry_points.txt").write_text("[articlecast.rules]\nloud = stranger_rules\n")
    seen.append(told())
    module.write_text("LOUD = True\n")
    seen.append(told())
    assert len(set(seen)) == 4
    versions.fingerprint.cache_clear()
    monkeypatch.undo()


def test_every_library_that_reads_or_narrates_is_in_the_key() -> None:
    import ast
    import re
    import sys
    from importlib import metadata
    from pathlib import Path

    root = Path(versions.__file__).parent.parent
    files = [path for folder in ("read", "narrate", "text") for path in (root / folder).rglob("*.py")]
    imported = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    homes = metadata.packages_distributions()
    direct = {name for module in imported - {"pipeline"} - sys.stdlib_module_names for name in homes[module]}
    asked = {
        re.split(r"[ ;<>=!~\[]", need)[0]
        for name in direct
        for need in metadata.requires(name) or ()
        if "extra ==" not in need
    }
    known = {re.sub(r"[-_.]+", "_", name).lower() for name in direct | asked}
    harmless = {"protego", "tomli_w", "certifi", "urllib3", "docopt"}  # robots.txt, writing TOML, fetching, a command
    assert known - harmless == versions.LIBRARIES
