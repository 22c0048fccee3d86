"""DAISY 2.02: the golden text, mandatory metadata, and clips that are what is heard."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline import plugins
from tests.publish.sidecars.books import as_text, check_clips, unzipped
from tests.publish.sidecars.sample import edition
from tests.publish.sidecars.sounding import sounding

GOLDEN = Path(__file__).parents[2] / "cases" / "golden" / "sample.daisy202.txt"
FOLDER = "why-the-sea-breathes-daisy202"
MANDATORY = (
    *("dc:creator", "dc:date", "dc:format", "dc:identifier", "dc:language", "dc:publisher", "dc:title"),
    *("ncc:charset", "ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial", "ncc:tocItems", "ncc:totalTime"),
)
PAR = re.compile(
    r'<text src="([^"#]+)#([^"]+)" id="[^"]+"/><seq>'
    r'<audio src="([^"]+)" clip-begin="npt=([\d.]+)s" clip-end="npt=([\d.]+)s" id="[^"]+"/></seq>'
)

daisy202 = plugins.load("sidecars", "daisy202")


def _files(tmp_path: Path) -> dict[str, bytes]:
    daisy202.write(sounding(tmp_path), tmp_path)
    return unzipped(tmp_path / f"{FOLDER}.zip")


def test_the_text_is_the_golden_one(tmp_path: Path) -> None:
    assert as_text(_files(tmp_path)) == GOLDEN.read_text(encoding="utf-8")


def test_the_folder_is_the_zip(tmp_path: Path) -> None:
    files = _files(tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / FOLDER).iterdir()} == files


def test_mandatory_metadata_are_there(tmp_path: Path) -> None:
    files = _files(tmp_path)
    ncc = files["ncc.html"].decode()
    said = dict(re.findall(r'<meta name="([^"]+)" content="([^"]+)"', ncc))
    assert [name for name in MANDATORY if name not in said] == []
    assert said["ncc:files"] == str(len(files))
    assert said["ncc:tocItems"] == str(len(re.findall(r"<h[1-6] ", ncc)))
    assert said["dc:format"] == "Daisy 2.02"


def test_no_angle_bracket_stands_in_the_metadata(tmp_path: Path) -> None:
    made = sounding(tmp_path)
    daisy202.write(replace(made, tags=replace(made.tags, title="The <b> & the sea")), tmp_path)
    for name, data in unzipped(tmp_path / f"{FOLDER}.zip").items():
        assert not re.search(r'<meta[^>]*content="[^"]*&[lg]t;', data.decode("latin-1"))
        assert name != "ncc.html" or 'content="The ‹b› &amp; the sea"' in data.decode()


def test_the_first_heading_is_the_title(tmp_path: Path) -> None:
    ncc = _files(tmp_path)["ncc.html"].decode()
    assert re.search(r'<body>\s*<h1 id="item1" class="title"><a href="part0001\.smil#p-', ncc)


def test_every_cue_is_a_clip_of_its_sound(tmp_path: Path) -> None:
    files = _files(tmp_path)
    pars = [par for name, data in files.items() if name.endswith(".smil") for par in PAR.findall(data.decode())]
    assert len(pars) == len(edition().timeline.cues)
    for page, at, *_ in pars:
        assert f'id="{at}"'.encode() in files[page]
    sounds = {name: data for name, data in files.items() if name.endswith(".mp3")}
    check_clips([(sound, float(begin), float(end)) for _, _, sound, begin, end in pars], sounds, tmp_path)


def test_all_documents_are_well_formed(tmp_path: Path) -> None:
    for name, data in _files(tmp_path).items():
        if not name.endswith(".mp3"):
            ElementTree.fromstring(data)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("<p>a</p>", "<p>a</p>"),
        (
            '<aside class="note" role="doc-footnote" epub:type="footnote" id="n">a</aside>',
            '<div class="aside note" id="n">a</div>',
        ),
        ('<p lang="la" xml:lang="la">pax</p>', '<p lang="la" xml:lang="la">pax</p>'),
    ],
)
def test_elements_of_later_days_become_older_ones(new: str, old: str) -> None:
    assert daisy202._old(new) == f"<div>{old}</div>"
