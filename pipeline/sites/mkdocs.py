"""The MkDocs plug-in ``articlecast``: pages are rendered while the site is built, and heard at their own top.

A page that has not changed is neither spoken nor encoded again. A page that cannot be made stands without a player and
is a warning, which ends a build with ``--strict``.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from pipeline import api
from pipeline.errors import ConfigError, PipelineError
from pipeline.sites import page as pages
from pipeline.units import seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from pipeline.model.episode import File as Made

TEMPLATE = "articlecast-player.html"
"""A file of this name in the theme's ``custom_dir`` takes the place of ``player.html`` beside this module."""
_HEADING = re.compile(r"\s*<h1\b.*?</h1>", re.DOTALL)
_LABEL = "articlecast"

log = get_plugin_logger(_LABEL)


class Settings(base.Config):  # type: ignore[no-untyped-call] # MkDocs says no types here
    """What stands below ``articlecast`` in ``mkdocs.yml``; paths are relative to that file.

    Attributes:
        enabled: False leaves the site as it is; ``!ENV [ARTICLECAST, true]`` takes it from the environment.
        on_serve: Whether pages are rendered for ``mkdocs serve``, too.
        include, exclude: Patterns of pages, such as ``blog/*``; a ``*`` stands for slashes, too. ``audio: true`` or
            ``audio: false`` in the front matter of a page goes before them.
        show: Path of ``show.toml``; without one, that beside ``mkdocs.yml``, if any.
        scripts, output: Folders of scripts and episodes; without them those beside the show.
        store: Address of the store; without one the user's own.
        folder: Where episodes stand in the site.
        voice, formats, sidecars, profile: As for `pipeline.Options`.
        executor: As for `pipeline.Options`.
    """

    enabled = c.Type(bool, default=True)
    on_serve = c.Type(bool, default=False)
    include = c.ListOfItems(c.Type(str), default=[])
    exclude = c.ListOfItems(c.Type(str), default=[])
    show = c.Type(str, default="")
    scripts = c.Type(str, default="")
    output = c.Type(str, default="")
    store = c.Type(str, default="")
    folder = c.Type(str, default="audio")
    voice = c.Type(str, default="")
    formats = c.ListOfItems(c.Type(str), default=[])
    sidecars = c.ListOfItems(c.Type(str), default=[])
    profile = c.Type(str, default="")
    executor = c.Choice(("auto", "inline", "processes", "dask"), default="auto")


class ArticlecastPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call] # likewise
    """Renders the chosen pages when all of them are known."""

    _serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether the site is only looked at; that this is here makes the plug-in live through rebuilds."""
        self._serving = command == "serve"

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Render the chosen pages, put players on them, and their files among the site's."""
        if not self.config.enabled:
            return env
        if self._serving and not self.config.on_serve:
            log.info("no audio while serving; on_serve: true changes that")
            return env
        chosen = {page.file.src_uri: page for page in _pages(files) if self._is_chosen(page)}
        try:
            reports = tuple(self._rendered(chosen, config))
        except PipelineError as error:
            raise PluginError(f"{_LABEL}: {error}") from error
        template = _template(env)
        for page, report in reports:
            posted = [_posted(config, self.config.folder, report, file) for file in _files(report)]
            for file in posted:
                files.append(file)
            page.content = _with_player(page.content or "", template.render(_told(page, report, posted)))
        spoken = sum(report.spoken for _, report in reports)
        reused = sum(report.utterances for _, report in reports) - spoken
        utterances = "utterance" if spoken == 1 else "utterances"
        log.info(f"{len(reports)} of {len(chosen)} pages have audio: {spoken} {utterances} spoken, {reused} reused")
        return env

    def _is_chosen(self, page: Page) -> bool:
        told = page.meta.get("audio")
        if isinstance(told, bool):
            return told
        path = page.file.src_uri
        matches = any(fnmatchcase(path, pattern) for pattern in self.config.include)
        return matches and not any(fnmatchcase(path, pattern) for pattern in self.config.exclude)

    def _rendered(self, chosen: dict[str, Page], config: MkDocsConfig) -> Iterator[tuple[Page, api.Report]]:
        """Each page that could be made, with its report; the others are warnings."""
        options = self._options(config)
        for path, page in chosen.items():
            try:
                report = api.render(_article(page, config), options)
            except ConfigError:
                raise  # the whole show is wrong, not this page
            except PipelineError as error:
                log.warning(f"{path}: {error}")
                continue
            for warning in report.warnings:
                log.info(f"{path}: {warning}")
            for problem in report.problems:
                log.warning(f"{path}: {problem.path}: {problem.what}")
            yield page, report

    def _options(self, config: MkDocsConfig) -> api.Options:
        base_folder = _base(config)
        beside = base_folder / "show.toml"
        show = base_folder / self.config.show if self.config.show else beside if beside.is_file() else None
        home = show.parent if show else base_folder
        return api.Options(
            show=show,
            scripts=base_folder / self.config.scripts if self.config.scripts else home / "scripts",
            output=base_folder / self.config.output if self.config.output else home / "output",
            store=self.config.store,
            voice=self.config.voice,
            formats=tuple(self.config.formats),
            sidecars=tuple(self.config.sidecars),
            profile=self.config.profile,
            executor=self.config.executor,
        )


def _base(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").absolute().parent


def _pages(files: Files) -> Iterator[Page]:
    """The pages that stand in the site and were read."""
    for file in files.documentation_pages():
        if file.page is not None and file.page.content is not None:
            yield file.page


def _article(page: Page, config: MkDocsConfig) -> api.Article:
    path = Path(config.docs_dir, page.file.src_uri)
    title = str(page.title or path.stem)
    link = page.canonical_url if config.site_url else ""
    language = _language(config)
    return pages.article(page.content or "", page.meta, path, title=title, link=link or "", language=language)


def _language(config: MkDocsConfig) -> str:
    """What the theme is told to speak; English, which is what it speaks untold, says nothing about the pages."""
    theme = config.theme
    told = theme.get("language") or theme.get("locale")
    tag = str(told or "").replace("_", "-")
    return "" if tag == "en" else tag


def _files(report: api.Report) -> Iterator[Made]:
    yield from (rendition.file for rendition in report.episode.renditions)
    yield from report.episode.sidecars


def _posted(config: MkDocsConfig, folder: str, report: api.Report, file: Made) -> File:
    """A finished file as one of the site's."""
    path = str(report.directory / file.path)
    uri = "/".join(filter(None, (folder.strip("/"), report.name, file.path)))
    return File.generated(config, uri, abs_src_path=path, inclusion=InclusionLevel.INCLUDED)


def _told(page: Page, report: api.Report, posted: list[File]) -> dict[str, Any]:
    """What the template may name."""
    urls = {file.src_uri: file.url_relative_to(page.file) for file in posted}

    def url_of(ending: str) -> str:
        return next((url for uri, url in urls.items() if uri.endswith(f"/{report.name}{ending}")), "")

    renditions = report.episode.renditions
    timeline = renditions[0].timeline
    seconds = seconds_from_samples(timeline.length, timeline.sample_rate_hz)
    return {
        "page": page,
        "report": report,
        "title": report.episode.title,
        # the address says which sound it is: a browser that holds the last one asks for the new one
        "audio": [
            {"url": f"{url}?v={one.file.sha256[:8]}", "media_type": one.file.media_type}
            for one, url in zip(renditions, urls.values(), strict=False)
        ],
        "read_along": url_of(".readalong.html"),
        "transcript": url_of(".transcript.html"),
        "minutes": max(1, round(seconds / 60)),
    }


def _template(env: Environment) -> Template:
    from jinja2 import TemplateNotFound

    try:
        return env.get_template(TEMPLATE)
    except TemplateNotFound:
        return env.from_string(Path(__file__).with_name("player.html").read_text(encoding="utf-8"))


def _with_player(content: str, player: str) -> str:
    """The page with its player below its title, or first where it has none."""
    heading = _HEADING.match(content)
    at = heading.end() if heading else 0
    return f"{content[:at]}\n{player}\n{content[at:]}"
