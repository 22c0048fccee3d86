"""What the review page asks of the server: to change a line, to go back, to say a word differently, to render."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from pipeline import api
from pipeline.errors import UsageError
from pipeline.serve import server
from tests.conftest import Workbench, make_workbench
from tests.serve.running import Client, previewing

BAYS = "Bays make tides larger."


@pytest.fixture
def client(bench: Workbench) -> Iterator[Client]:
    bench.render()
    with previewing(bench.options) as client:
        yield client


def sentence(client: Client, spoken: str) -> dict[str, Any]:
    (found,) = [one for one in client.ask("/api/tides/script").plain["sentences"] if one["spoken"] == spoken]
    return dict(found)


def seconds(data: bytes) -> float:
    with wave.open(io.BytesIO(data)) as file:
        return float(file.getnframes() / file.getframerate())


def test_a_sentence_is_changed_heard_rendered_and_changed_back(client: Client, bench: Workbench) -> None:
    before, files = bench.script.read_bytes(), bench.files()
    one = sentence(client, BAYS)
    place = f"/review/tides/sound/{one['id']}"
    first = client.ask(place)
    assert first.headers["content-type"] == "audio/wav"
    assert client.ask(place, headers={"Range": "bytes=0-43"}).body == first.body[:44]
    longer = "Bays make tides a great deal larger than they are elsewhere."
    done = client.post("/api/tides/edit", {"id": one["id"], "spoken": longer, "expected": BAYS}).plain
    assert done["sentence"]["machine"] == BAYS
    assert "edited by a person · not rendered yet" in done["sentence"]["facts"]
    assert bench.script.read_bytes() == before.replace(f"\n{BAYS}\n".encode(), f"\n{longer}\n".encode())
    assert seconds(client.ask(place).body) > seconds(first.body) + 0.5
    assert client.post("/api/tides/render", {}).status == 202
    found = client.rendered("tides")
    assert (found["state"], found["message"][:19]) == ("done", "0 sentences spoken,"), "it was spoken to be heard"
    assert bench.files()["tides/tides.mp3"] != files["tides/tides.mp3"]
    back = client.post("/api/tides/undo", {"id": one["id"], "expected": longer}).plain
    assert (back["sentence"]["spoken"], back["sentence"]["machine"]) == (BAYS, "")
    assert bench.script.read_bytes() == before


def test_who_comes_second_is_told_what_the_line_says_now(client: Client, bench: Workbench) -> None:
    one = sentence(client, BAYS)
    bench.edit(f"\n{BAYS}\n", "\nBays do it.\n", bench.script)
    found = client.post("/api/tides/edit", {"id": one["id"], "spoken": "Mine.", "expected": BAYS})
    assert found.status == 409
    assert "somebody changed this sentence meanwhile" in found.plain["error"]
    assert found.plain["sentence"]["spoken"] == "Bays do it."
    assert "\nBays do it.\n" in bench.script.read_text(encoding="utf-8")


@pytest.mark.parametrize("spoken", ["", "...", "{fr: oui"])
def test_what_cannot_be_said_is_told(client: Client, bench: Workbench, spoken: str) -> None:
    before = bench.script.read_bytes()
    one = sentence(client, BAYS)
    found = client.post("/api/tides/edit", {"id": one["id"], "spoken": spoken, "expected": BAYS})
    assert found.status == 400
    assert found.plain["error"]
    assert bench.script.read_bytes() == before


def test_a_word_is_said_differently(client: Client, bench: Workbench) -> None:
    asked = {"grapheme": "Bays", "alias": "Baize", "ipa": "", "scope": "show"}
    found = client.post("/api/tides/pronounce", asked).plain
    assert found["changed"] == [sentence(client, "Baize make tides larger.")["id"]]
    assert 'alias = "Baize"' in (bench.root / "lexicon.toml").read_text(encoding="utf-8")
    other = client.post("/api/tides/pronounce", {**asked, "alias": "Bahia"})
    assert (other.status, "another way already" in other.plain["error"]) == (400, True)
    assert client.post("/api/tides/pronounce", {**asked, "scope": "site"}).status == 400
    assert client.post("/api/tides/pronounce", {**asked, "grapheme": "", "alias": "x"}).status == 400
    own = {"grapheme": "moon", "alias": "", "ipa": "muːn", "scope": "article"}
    assert client.post("/api/tides/pronounce", own).status == 200
    assert (bench.root / "scripts" / "tides.lexicon.toml").is_file()


def test_a_render_that_fails_says_why(client: Client, bench: Workbench) -> None:
    bench.edit("Bays make tides larger.", "Bays make tides much larger.")
    bench.edit(f"\n{BAYS}\n", "\nBays do it.\n", bench.script)
    client.post("/api/tides/render", {})
    found = client.rendered("tides")
    assert found["state"] == "failed"
    assert "choose between the marks" in found["message"]
    assert client.ask("/api/tides/script").status == 409
    assert "A person must decide" in client.ask("/review/tides").text


def test_a_script_that_is_not_there_is_not_rendered(client: Client) -> None:
    assert client.post("/api/nothing/render", {}).status == 400
    assert client.ask("/review/tides/sound/u-nothing").status == 404


def test_approval_is_of_what_the_page_shows(bench: Workbench) -> None:
    toml = bench.root / "show.toml"
    toml.write_text('[show]\ntitle = "Tides"\n\n[publish]\nreview = true\n', encoding="utf-8")
    options = replace(bench.options, show=toml)
    api.narrate(bench.article, options)
    with previewing(options) as client:
        assert "waits for approval" in client.ask("/").text
        assert "Approve this script" in client.ask("/review/tides").text
        seen = client.ask("/api/tides/script").plain["digest"]
        bench.edit(f"\n{BAYS}\n", "\nBays do it.\n", bench.script)
        assert client.post("/api/tides/approve", {"digest": seen}).status == 409
        seen = client.ask("/api/tides/script").plain["digest"]
        assert client.post("/api/tides/approve", {"digest": seen}).status == 200
        assert ">Approved</button>" in client.ask("/review/tides").text
        assert "waits for approval" not in client.ask("/").text


def test_the_text_of_an_article_cannot_become_part_of_the_page(tmp_path: Any) -> None:
    bench = make_workbench(tmp_path / "bench", "# A <i>title</i>\n\nNothing.\n")
    api.narrate(bench.article, bench.options)
    bench.edit("\nNothing.\n", '\n</textarea><script>alert(1)</script> "quoted" {0} {name}\n', bench.script)
    with previewing(bench.options) as client:
        page = client.ask("/review/tides").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; {0} {name}" in page


def test_a_port_that_is_taken_is_told(bench: Workbench) -> None:
    with (
        previewing(bench.options) as client,
        pytest.raises(UsageError, match="is taken; choose"),
        server.listening(client.port),
    ):
        pass
