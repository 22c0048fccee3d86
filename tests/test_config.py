"""show.toml: every mistake at once, with its path."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import ConfigError, UsageError
from pipeline.model.categories import CATEGORIES, is_category, near
from pipeline.model.show import ALLOWED, PROFILES, Destination, Profile, Publishing, Show, Sources
from pipeline.narrate.profile import profile_of


def _load(tmp_path: Path, text: str) -> Show:
    path = tmp_path / "show.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_an_empty_file_is_a_show(tmp_path: Path) -> None:
    assert _load(tmp_path, "") == Show()


def test_everything_said_arrives(tmp_path: Path) -> None:
    show = _load(
        tmp_path,
        """
        [show]
        title = "Shore notes"
        authors = ["The shore desk"]
        explicit = false
        [voices.narrator]
        engine = "hibari"
        [voices.guide]
        engine = "espeak"
        speaker = "en-gb"
        rate = 110
        [audio]
        bit_rate_kbps = 96
        [pauses]
        chapter_ms = 2000
        [publish]
        formats = ["mp3", "wav"]
        sidecars = []
        [narration]
        chapter_level = 2
        """,
    )
    assert (show.title, show.authors, show.explicit) == ("Shore notes", ("The shore desk",), False)
    assert [voice.name for voice in show.voices] == ["narrator", "guide"]
    assert show.voices[1].rate_percent == 110
    assert (show.audio.bit_rate_kbps, show.pauses.chapter_ms) == (96, 2000)
    assert (show.formats, show.sidecars, show.chapter_level) == (("mp3", "wav"), (), 2)


def test_all_mistakes_of_type_are_told_at_once_with_paths(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(
            tmp_path,
            '[show]\ntitel = "x"\nauthors = "me"\n[voices.narrator]\nengine = 5\n[pauses]\nchapter_ms = "long"\n',
        )
    message = str(caught.value)
    for part in ("$.show", "titel", "did you mean title?", "$.voices['narrator'].engine", "$.pauses.chapter_ms"):
        assert part in message
    assert "\n" not in message


def test_all_mistakes_of_value_are_told_at_once(tmp_path: Path) -> None:
    text = '[voices.narrator]\nengine = "tone"\nrate = 900\n[pauses]\nsentence_ms = 20\n[audio]\ntarget_lufs = 3\n'
    with pytest.raises(ConfigError, match=r"sentence_ms.*rate must be.*target_lufs"):
        _load(tmp_path, text)


@pytest.mark.parametrize("text", ["[show", "title = \x00"])
def test_what_is_not_toml_is_told_with_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"show\.toml: is not TOML"):
        _load(tmp_path, text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path / "nowhere.toml")


def test_what_a_show_wants_said_otherwise_arrives(tmp_path: Path) -> None:
    show = _load(
        tmp_path,
        """
        [narration]
        profile = "brief"
        signposts = "all"
        closing = "That was {title}."
        [narration.say]
        tables = "end"
        """,
    )
    profile = profile_of(show)
    assert (profile.tables, profile.signposts, profile.figures) == ("end", "all", "skip")
    assert (profile.closing, profile.closing_text) == ("read", "That was {title}.")
    assert profile_of(show, "full").tables == "end"
    assert profile_of(show, "full").figures == "read"


def test_every_profile_and_every_construct_has_allowed_values() -> None:
    for name, profile in PROFILES.items():
        for construct, allowed in ALLOWED.items():
            assert getattr(profile, construct) in allowed, f"{construct} in {name}"
    assert {key.name for key in fields(Profile)} == {*ALLOWED, "signposts", "opening_text", "closing_text"}
    assert {key.name for key in fields(config._SayTable)} == set(ALLOWED)


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        (
            'profile = "breif"',
            ["$.narration.profile must be full, article or brief, not 'breif' (did you mean brief?)"],
        ),
        ('signposts = "many"', ["$.narration.signposts must be all, few or none, not 'many'"]),
        (
            'opening = "{titel} {title!r}"',
            ["$.narration.opening names {titel}; it may name {title}, {authors}, {date}, {site}", "names {title}"],
        ),
        ('closing = "End of {title"', ["$.narration.closing: "]),
        (
            '[narration.say]\ntables = "loud"',
            ["$.narration.say.tables must be read, announce, skip or end, not 'loud'"],
        ),
        ('[narration.say]\nfootnots = "end"', ["unknown key footnots (did you mean footnotes?) @ $.narration.say"]),
        ("[narration.say]\ntables = 5", ["$.narration.say.tables"]),
        ('[narration.say]\nquotes = "voice"', ["$.narration.say.quotes is 'voice', but there is no [voices.quote]"]),
    ],
)
def test_mistakes_of_narration_are_told_with_their_paths(text: str, mistakes: list[str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, f"[narration]\n{text}\n")
    assert [mistake for mistake in mistakes if mistake not in str(caught.value)] == []


def test_a_voice_for_quotations_reads_them(tmp_path: Path) -> None:
    show = _load(tmp_path, '[voices.quote]\nengine = "tone"\n')
    assert profile_of(show).quotes == "voice"
    assert profile_of(replace(show, say=(("quotes", "skip"),))).quotes == "skip"


def test_an_unknown_profile_is_told_with_a_near_one() -> None:
    with pytest.raises(UsageError, match="did you mean full"):
        profile_of(Show(), "ful")


def test_how_a_show_is_published_arrives(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    show = _load(
        tmp_path,
        """
        [show]
        title = "Shore notes"
        language = "en-GB"
        link = "https://shore.example.org/"
        category = "Society & Culture > Documentary"
        email = "desk@shore.example.org"
        licence = "CC-BY-4.0"
        [sources]
        folder = "articles"
        feed = "https://shore.example.org/feed.xml?format=full"
        sitemap = "site/sitemap.xml"
        urls = ["https://shore.example.org/tides"]
        [destination]
        store = "s3://shore/podcast"
        url = "https://media.example.org/podcast//"
        [publish]
        review = true
        grace_days = 7
        page_items = 100
        """,
    )
    assert (show.email, show.licence) == ("desk@shore.example.org", "CC-BY-4.0")
    assert show.sources == Sources(
        folder="articles",
        feed="https://shore.example.org/feed.xml?format=full",
        sitemap="site/sitemap.xml",
        urls=("https://shore.example.org/tides",),
    )
    assert show.destination == Destination(store="s3://shore/podcast", url="https://media.example.org/podcast")
    assert show.publishing == Publishing(review=True, grace_days=7, page_items=100)


def test_articles_may_lie_beside_the_folder_of_the_show(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "podcast").mkdir()
    text = '[sources]\nfolder = "../docs"\n[destination]\nfolder = "/var/www/podcast"\n'
    assert _load(tmp_path / "podcast", text).sources.folder == "../docs"


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ('[show]\ncategory = "Tecnology"', ["$.show.category 'Tecnology'", "(did you mean 'Technology'?)"]),
        ('[show]\ncategory = "Documentary"', ["did you mean 'Society & Culture > Documentary'?"]),
        ('[show]\ncategory = "qqqq"', ["is not in the directories' list: https://"]),
        ('[show]\nlanguage = "English"', ["$.show.language must be a tag such as en or pt-BR, not 'English'"]),
        ('[show]\nlink = "shore.example.org"', ["$.show.link must be an", "(did you mean https://shore.example.org?)"]),
        ('[show]\nlink = "https://me:pw@shore.example.org"', ["$.show.link must not hold a user or a password"]),
        ('[show]\nemail = "desk at shore"', ["$.show.email must be an address such as desk@example.org"]),
        ('[show]\nexplicit = "no"', ["$.show.explicit"]),
        ('[show]\nmail = "x"', ["unknown key mail (did you mean email?)"]),
        ('[show]\ncover = "cover.png"', ["$.show.cover 'cover.png' is no file in this folder or below it"]),
        ('[voices.guide]\nengine = "tone"\nlanguage = "english"', ["$.voices['guide'].language must be a tag"]),
        ('[source]\nfolder = "x"', ["unknown key source (did you mean sources?)"]),
        ('[sources]\nfolder = "nowhere"', ["$.sources.folder 'nowhere' is no folder"]),
        ('[sources]\nfolder = "/"', ["$.sources.folder '/' is no folder; it is given relative to this file"]),
        (
            '[sources]\nfolder = "https://a.example.org"',
            ["$.sources.folder is a folder, not an address; did you mean feed"],
        ),
        (
            '[sources]\nfeed = "a.example.org/feed.xml"',
            ["$.sources.feed", "(did you mean https://a.example.org/feed.xml?)"],
        ),
        (
            '[sources]\nsitemap = "ftp://a.example.org/x"',
            ["$.sources.sitemap must be an address that begins with https://"],
        ),
        ('[sources]\nurls = ["https://a.example.org", "b"]', ["$.sources.urls[1] must be an address"]),
        ('[sources]\nurls = "https://a.example.org"', ["$.sources.urls"]),
        ('[destination]\nfolder = "public"\nstore = "s3://x"', ["$.destination has a folder and a store"]),
        ('[destination]\nfolder = "s3://x"', ["$.destination.folder is a folder, not an address; did you mean store?"]),
        ('[destination]\nfolder = "~/public"', ["$.destination.folder '~/public' is given relative"]),
        ('[destination]\nstore = "public"', ["$.destination.store must be an address", "did you mean folder?"]),
        (
            '[destination]\nurl = "a.example.org"',
            ["$.destination.url must be an", "(did you mean https://a.example.org?)"],
        ),
        ('[destination]\nurl = "https://a.example.org/?x=1"', ["$.destination.url must be without a query"]),
        ('[destination]\nurl = "https://a.example.org:port/"', ["$.destination.url must be an address"]),
        ('[destination]\nurl = "https://a.example.org/a b"', ["$.destination.url must be an address"]),
        ('[destination]\nurl = "s3://a"', ["$.destination.url must be an address that begins with https://"]),
        ("[publish]\ngrace_days = -1", ["$.publish.grace_days must be 0 to 3650, not -1"]),
        ("[publish]\npage_items = 5", ["$.publish.page_items must be 0 (all on one page) or at least 10, not 5"]),
        ('[publish]\nreview = "yes"', ["$.publish.review"]),
        (
            '[show]\nlink = "x"\nemail = "x"\n[sources]\nfolder = "x"\n[publish]\ngrace_days = 4000',
            ["$.show.link", "$.show.email", "$.sources.folder", "$.publish.grace_days"],
        ),
    ],
)
def test_mistakes_of_publishing_are_told_with_their_paths(text: str, mistakes: list[str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, f"{text}\n")
    told = str(caught.value)
    assert [mistake for mistake in mistakes if mistake not in told] == []
    assert "\n" not in told


def test_articles_and_what_is_published_lie_apart(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    with pytest.raises(ConfigError, match=r"\$\.destination\.folder is also \$\.sources\.folder"):
        _load(tmp_path, '[sources]\nfolder = "docs"\n[destination]\nfolder = "docs/"\n')


def test_the_categories_are_those_of_the_directories() -> None:
    assert (len(CATEGORIES), sum(map(len, CATEGORIES.values()))) == (19, 91)
    for category, inside in CATEGORIES.items():
        for name in (category, *(f"{category} > {one}" for one in inside)):
            assert is_category(name)
            assert near(name) == name
    for name in ("news", "News >", "News > Documentary", "Documentary", "", " > "):
        assert not is_category(name)
    assert near("society and culture/documentry") == "Society & Culture > Documentary"
