"""EPUB with Media Overlays: the golden text, and clips that are what is heard."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline import plugins
from pipeline.errors import UsageError
from pipeline.model.document import Code, Document, Paragraph, Span
from tests.publish.sidecars.books import as_text, check_clips, unzipped
from tests.publish.sidecars.sample import edition
from tests.publish.sidecars.sounding import sounding

GOLDEN = Path(__file__).parents[2] / "cases" / "golden" / "sample.epub.txt"
PAR = re.compile(r'<text src="([^"#]+)#([^"]+)"/><audio src="([^"]+)" clipBegin="([\d.]+)s" clipEnd="([\d.]+)s"/>')

epub3 = plugins.load("sidecars", "epub3")


def _files(tmp_path: Path) -> dict[str, bytes]:
    (one,) = epub3.write(sounding(tmp_path), tmp_path)
    assert (one.path, one.media_type) == ("why-the-sea-breathes.epub", "application/epub+zip")
    return unzipped(tmp_path / one.path)


def test_the_text_is_the_golden_one(tmp_path: Path) -> None:
    assert as_text(_files(tmp_path)) == GOLDEN.read_text(encoding="utf-8")


def test_the_media_type_stands_at_the_beginning(tmp_path: Path) -> None:
    _files(tmp_path)
    data = (tmp_path / "why-the-sea-breathes.epub").read_bytes()
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_every_cue_is_a_clip_of_its_sound(tmp_path: Path) -> None:
    files = _files(tmp_path)
    overlays = [data.decode() for name, data in files.items() if name.endswith(".smil")]
    pars = [par for overlay in overlays for par in PAR.findall(overlay)]
    assert len(pars) == len(edition().timeline.cues)
    for page, at, *_ in pars:
        assert f'id="{at}"'.encode() in files[f"EPUB/{page}"]
    sounds = {name.removeprefix("EPUB/"): data for name, data in files.items() if name.endswith(".mp3")}
    assert len(sounds) == len(edition().timeline.chapters)
    check_clips([(sound, float(begin), float(end)) for _, _, sound, begin, end in pars], sounds, tmp_path)


def test_stated_durations_are_those_of_the_clips(tmp_path: Path) -> None:
    files = _files(tmp_path)
    stated = re.findall(r'media:duration"[^>]*>(\d+):(\d\d):([\d.]+)<', files["EPUB/package.opf"].decode())
    total, *each = (round(3600 * int(h) + 60 * int(m) + float(s), 3) for h, m, s in stated)
    assert total == pytest.approx(sum(each))
    assert total == pytest.approx(628_000 / 24_000, abs=0.002)


def test_all_documents_are_well_formed(tmp_path: Path) -> None:
    for name, data in _files(tmp_path).items():
        if name.endswith((".xhtml", ".smil", ".opf", ".xml")):
            ElementTree.fromstring(data)


def _described(tmp_path: Path, document: Document) -> str:
    epub3.write(replace(sounding(tmp_path), document=document), tmp_path)
    return unzipped(tmp_path / "why-the-sea-breathes.epub")["EPUB/package.opf"].decode()


def test_sound_alone_suffices_only_where_all_is_read(tmp_path: Path) -> None:
    title = edition().document.title
    read = Document(title=title, language="en-GB", blocks=(Paragraph(text=(Span(text="Yes."),)),))
    sufficient = 'accessModeSufficient">auditory<'
    # the title is not what this script says, so nobody hears it
    spoken = replace(read, title="Why the sea breathes")
    assert sufficient in _described(tmp_path, spoken)
    assert sufficient not in _described(tmp_path, replace(spoken, blocks=(*read.blocks, Code(text="print(1)"))))


@pytest.mark.parametrize(("name", "file"), [("epub3", "EPUB/package.opf"), ("lpf", "publication.json")])
def test_what_a_person_reads_is_not_called_synthetic(name: str, file: str, tmp_path: Path) -> None:
    made = sounding(tmp_path)
    (rendition,) = made.renditions
    cues = tuple(replace(cue, timing="recording") for cue in rendition.timeline.cues)
    timeline = replace(rendition.timeline, cues=cues)
    tags = replace(made.tags, narrator="")
    made = replace(made, tags=tags, timeline=timeline, renditions=(replace(rendition, timeline=timeline),))
    (one,) = plugins.load("sidecars", name).write(made, tmp_path)
    told = unzipped(tmp_path / one.path)[file].decode()
    assert "read aloud by a person" in told
    assert "synthetic" not in told


def test_a_recording_may_be_loud(tmp_path: Path) -> None:
    assert "unknownSoundHazard" in _files(tmp_path)["EPUB/package.opf"].decode()


def test_a_note_can_be_skipped(tmp_path: Path) -> None:
    made = sounding(tmp_path)
    (rendition,) = made.renditions
    cues = tuple(replace(cue, role="note") if cue.id == "u3f0aaaa" else cue for cue in rendition.timeline.cues)
    made = replace(made, renditions=(replace(rendition, timeline=replace(rendition.timeline, cues=cues)),))
    epub3.write(made, tmp_path)
    overlay = unzipped(tmp_path / "why-the-sea-breathes.epub")["EPUB/part0002.smil"].decode()
    assert re.findall(r'<par id="p-([^"]+)" epub:type="footnote">', overlay) == ["u3f0aaaa"]


@pytest.mark.parametrize(("name", "pages"), [("epub3", "xhtml"), ("daisy202", "html"), ("lpf", "html")])
def test_a_book_in_hebrew_is_written_from_the_right(name: str, pages: str, tmp_path: Path) -> None:
    made = sounding(tmp_path)
    plugins.load("sidecars", name).write(replace(made, tags=replace(made.tags, language="he")), tmp_path)
    (book,) = (path for path in tmp_path.iterdir() if path.suffix in (".epub", ".lpf", ".zip"))
    files = unzipped(book)
    for file, data in files.items():
        if file.endswith(pages) and file != "ncc.html":  # whose schema knows no direction
            assert b'dir="rtl"' in data.partition(b"<head>")[0]
    if name == "epub3":
        assert b'<spine page-progression-direction="rtl">' in files["EPUB/package.opf"]


@pytest.mark.parametrize("name", ["epub3", "daisy202", "lpf"])
def test_without_an_mp3_one_line_says_what_to_do(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='add "mp3" to `formats`'):
        plugins.load("sidecars", name).write(edition(), tmp_path)
    assert not list(tmp_path.iterdir())
