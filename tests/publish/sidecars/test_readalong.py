"""The read-along page: the golden article, its policy, and a page a chapter for what is long."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.model.document import Heading, Paragraph, Span
from tests.publish.sidecars.reading import edition_of

if TYPE_CHECKING:
    import pytest

GOLDEN = Path(__file__).parents[2] / "cases" / "golden" / "how-the-sea-breathes.readalong.html"

readalong = plugins.load("sidecars", "readalong")


def _pages(folder: Path, **blocks: object) -> dict[str, str]:
    written = readalong.write(edition_of(**blocks), folder)  # type: ignore[arg-type]
    return {one.path: (folder / one.path).read_text(encoding="utf-8") for one in written}


def test_the_page_is_the_golden_one_but_for_style_and_script(tmp_path: Path) -> None:
    pages = _pages(tmp_path)
    assert list(pages) == ["how-the-sea-breathes.readalong.html", "how-the-sea-breathes.embed.html"]
    text = re.sub(r"(?s)(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)", "…", next(iter(pages.values())))
    assert re.sub(r"sha256-[^']+", "sha256-…", text) == GOLDEN.read_text(encoding="utf-8")


def test_only_its_own_style_and_script_are_allowed(tmp_path: Path) -> None:
    for text in _pages(tmp_path).values():
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert "http" not in policy
        for tag in ("style", "script"):
            (inside,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", text)
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy


def test_nothing_is_fetched_but_the_sound_beside_it(tmp_path: Path) -> None:
    for text in _pages(tmp_path).values():
        assert re.findall(r'\ssrc="([^"]+)"', text) == ["how-the-sea-breathes.wav"]
        assert not re.search(r"<(link|img|iframe|object|embed)\b|@import|url\(|autoplay", text)


def test_a_long_episode_has_a_page_a_chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readalong, "LONGEST", 5)
    blocks = tuple(
        block
        for chapter in ("Ebb", "Flow", "Slack")
        for block in (Heading(level=2, text=(Span(text=chapter),)), Paragraph(text=(Span(text=f"{chapter} goes on."),)))
    )
    pages = _pages(tmp_path, blocks=blocks)
    stem = "how-the-sea-breathes"
    assert list(pages) == [
        f"{stem}.readalong.html",
        *(f"{stem}.readalong-00{number}.html" for number in (2, 3, 4)),
        f"{stem}.embed.html",
    ]
    second = pages[f"{stem}.readalong-002.html"]
    assert "Ebb goes on." in re.sub(r"<[^>]+>", "", second)
    assert "Flow goes on." not in re.sub(r"<[^>]+>", "", second)
    assert f'id="prev" href="{stem}.readalong.html"' in second
    assert f'id="next" href="{stem}.readalong-003.html"' in second
    assert re.search(r'id="article" tabindex="-1" data-start="\d+\.\d{3}" data-end="\d+\.\d{3}"', second)
    assert "data-end" not in pages[f"{stem}.readalong-004.html"]
    assert f'href="{stem}.readalong-004.html#' in pages[f"{stem}.embed.html"]


def test_its_own_words_are_in_the_articles_language(tmp_path: Path) -> None:
    text = next(iter(_pages(tmp_path, language="fr").values()))
    assert '<html lang="fr" dir="ltr"' in text
    assert '<section class="player" aria-label="Lecteur" data-words=' in text
    assert ">Aller à l’article</a>" in text
    assert ">Lu par une voix de synthèse</span>" in text


def test_where_they_are_not_known_in_it_they_are_english_and_say_so(tmp_path: Path) -> None:
    text = next(iter(_pages(tmp_path, language="sv").values()))
    assert '<html lang="sv" dir="ltr"' in text
    assert '<section class="player" aria-label="Player" lang="en" dir="ltr" data-words=' in text
    assert '<span lang="en" dir="ltr">Narrated by a synthetic voice</span>' in text


def test_a_person_is_no_synthetic_voice(tmp_path: Path) -> None:
    one = edition_of()
    cues = tuple(replace(cue, timing="recording") for cue in one.timeline.cues)
    page, *_ = readalong.write(replace(one, timeline=replace(one.timeline, cues=cues)), tmp_path)
    assert "synthetic" not in (tmp_path / page.path).read_text(encoding="utf-8")


def test_a_language_written_from_the_right_is(tmp_path: Path) -> None:
    assert '<html lang="he" dir="rtl"' in next(iter(_pages(tmp_path, language="he").values()))
