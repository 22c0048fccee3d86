"""The preview as a web application: its addresses, and what each of them calls."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.build import reviewing
from pipeline.build.sync_ground import FEED
from pipeline.errors import NeedsPerson, PipelineError, UsageError
from pipeline.model.codec import to_plain
from pipeline.serve import approving, files, local_feed, pages, review_page
from pipeline.serve.episodes import Episodes
from pipeline.serve.guard import Guard
from pipeline.serve.live import Renders
from pipeline.serve.sounds import Sounds
from pipeline.text.lexicon import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from pipeline.build.reviewing import Reviewed, Sentence
    from pipeline.build.session import Options

_STATIC = {"pages.css": "text/css", "review.js": "text/javascript", "icon.svg": "image/svg+xml"}
_SCOPES = ("show", "article")


class Preview:
    """A show on this machine.

    Args:
        options: Which show; renders are made with them.
        port: At which it is heard.
        token: What changes must bring along; a new one where none is given.
    """

    def __init__(self, options: Options, *, port: int, token: str = "") -> None:
        self._options = options
        self._port = port
        self._token = token or secrets.token_urlsafe(32)
        self._episodes = Episodes(options)
        self._sounds = Sounds()
        self._renders = Renders(lambda name, listen: reviewing.render(options, name, listen))

    def app(self) -> ASGIApp:
        """What a server is given."""
        routes = [
            Route("/", self.episodes),
            Route("/feed.xml", self.feed),
            Route(f"{local_feed.PLACE}/{{path:path}}", self.feed),
            Route("/static/{name}", self.static),
            Route("/favicon.ico", self.static),
            Route("/episodes/{name}", _with_slash),
            Route("/episodes/{name}/{path:path}", self.file),
            Route("/review/{name}", self.review),
            Route("/review/{name}/sound/{id}", self.sound),
            Route("/api/{name}/script", self.script),
            Route("/api/{name}/render", self.render, methods=["GET", "POST"]),
            Route("/api/{name}/edit", self.edit, methods=["POST"]),
            Route("/api/{name}/undo", self.undo, methods=["POST"]),
            Route("/api/{name}/pronounce", self.pronounce, methods=["POST"]),
            Route("/api/{name}/approve", self.approve, methods=["POST"]),
        ]
        handlers: dict[Any, Callable[..., Any]] = {PipelineError: _refused, HTTPException: _not_there}
        app = Starlette(routes=routes, exception_handlers=handlers)
        app.router.redirect_slashes = False
        return Guard(app, port=self._port, token=self._token)

    def close(self) -> None:
        """Remove what was kept for the browser."""
        self._sounds.close()

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────

    def episodes(self, _: Request) -> Response:
        """The list of all episodes."""
        show = self._episodes.show()
        every = self._episodes.standings()
        has_feed = local_feed.is_there(self._options)
        return HTMLResponse(pages.episodes(self._episodes.title(), every, language=show.language, has_feed=has_feed))

    def file(self, request: Request) -> Response:
        """An episode's page, or one of its files."""
        name, path = request.path_params["name"], request.path_params["path"]
        folder = self._episodes.folder(name)
        if not path:
            one = self._episodes.standing(name)
            sizes = {each: (folder / each).stat().st_size for each in files.listing(folder)} if folder else {}
            show = self._episodes.show()
            return HTMLResponse(pages.episode(one, sizes, show=self._episodes.title(), language=show.language))
        found = files.find(folder, path) if folder else None
        if found is None:
            raise HTTPException(404, "There is no such file.")
        return files.answer(found)

    def feed(self, request: Request) -> Response:
        """The show's feed, its addresses those of this preview; and the files that it names, as they are published."""
        path = request.path_params.get("path", FEED)
        there = local_feed.folder(self._options)
        if there is None:
            raise HTTPException(404, "The show has no feed yet: publish it into a folder once, with articlecast sync.")
        if path.endswith(".xml"):
            made = local_feed.made(self._options, f"http://localhost:{self._port}")
            if path in made:
                return Response(made[path], media_type="application/rss+xml")
        found = files.find(there, path)
        if found is None:
            raise HTTPException(404, "There is no such file.")
        return files.answer(found)

    def static(self, request: Request) -> Response:
        """A style or script of ours."""
        name = request.path_params.get("name", "icon.svg")
        if name not in _STATIC:
            raise HTTPException(404, "There is no such file.")
        path = Path(__file__).with_name("static") / name
        return FileResponse(path, media_type=_STATIC[name], headers={"cache-control": "no-cache"})

    def review(self, request: Request) -> Response:
        """The review page of an episode's script."""
        found = reviewing.opened(self._options, request.path_params["name"])
        approval = approving.state(self._options, found)
        return HTMLResponse(
            review_page.review(found, show=self._episodes.title(), token=self._token, approval=approval)
        )

    def sound(self, request: Request) -> Response:
        """The sound of one sentence."""
        name, id = request.path_params["name"], request.path_params["id"]
        path = self._sounds.keep(reviewing.wav(self._options, name, id))
        return FileResponse(path, media_type="audio/wav")

    # ── what the review page asks ────────────────────────────────────────────────────────────────────────────────

    def script(self, request: Request) -> Response:
        """All sentences as they are now."""
        found = reviewing.opened(self._options, request.path_params["name"])
        if found.trouble and not found.sections:
            raise NeedsPerson(found.trouble)
        return JSONResponse({"digest": found.digest, "sentences": [_plain(one) for one in found.sentences()]})

    async def render(self, request: Request) -> Response:
        """Have the episode rendered (POST), or tell how that stands (GET)."""
        name = request.path_params["name"]
        if request.method != "POST":
            return JSONResponse(to_plain(self._renders.state(name)))
        await _body(request)
        await run_in_threadpool(reviewing.opened, self._options, name)
        return JSONResponse(to_plain(self._renders.ask(name)), 202)

    async def edit(self, request: Request) -> Response:
        """Let a sentence say something else."""
        said = await _body(request, "id", "spoken", "expected")
        return await self._changed(request, lambda name: reviewing.edit(self._options, name, **said))

    async def undo(self, request: Request) -> Response:
        """Let a sentence say again what the machine wrote."""
        said = await _body(request, "id", "expected")
        return await self._changed(request, lambda name: reviewing.undo(self._options, name, **said))

    async def pronounce(self, request: Request) -> Response:
        """Write a pronunciation into a lexicon."""
        said = await _body(request, "grapheme", "alias", "ipa", "scope")
        if said["scope"] not in _SCOPES:
            raise UsageError(f"a lexicon is that of {' or '.join(_SCOPES)}")
        entry = Entry(graphemes=(said["grapheme"].strip(),), alias=said["alias"].strip(), ipa=said["ipa"].strip())
        name = request.path_params["name"]
        done = await run_in_threadpool(reviewing.pronounce, self._options, name, entry, scope=said["scope"])
        return JSONResponse({"digest": done.reviewed.digest, "changed": done.changed, "there": done.there})

    async def approve(self, request: Request) -> Response:
        """Approve the script as the page shows it."""
        said = await _body(request, "digest")
        name = request.path_params["name"]
        await run_in_threadpool(approving.approve, self._options, name, said["digest"])
        return JSONResponse({"approved": True})

    async def _changed(self, request: Request, change: Callable[[str], reviewing.Edited]) -> Response:
        name = request.path_params["name"]
        try:
            done = await run_in_threadpool(change, name)
        except NeedsPerson as error:
            return JSONResponse({"error": error.message, **await run_in_threadpool(self._now, request, name)}, 409)
        return JSONResponse({"sentence": _plain(done.sentence), "digest": done.reviewed.digest})

    def _now(self, request: Request, name: str) -> dict[str, Any]:
        """The sentence that a page asked about, as it is now, where it is still there."""
        found: Reviewed = reviewing.opened(self._options, name)
        with suppress(UsageError):
            return {"sentence": _plain(found.sentence(request.state.said["id"]))}
        return {}


def _plain(one: Sentence) -> dict[str, Any]:
    return {**to_plain(one), "facts": review_page.facts(one)}


async def _body(request: Request, *names: str) -> dict[str, str]:
    """The values of a request's body: texts, all of them, no others.

    Raises:
        UsageError: It is made otherwise.
    """
    try:
        said = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise UsageError("the request is not JSON") from error
    if not isinstance(said, dict) or set(said) != set(names) or not all(isinstance(one, str) for one in said.values()):
        raise UsageError(f"the request has the texts {', '.join(names) or 'none'}, and nothing else")
    request.state.said = said
    return said


def _with_slash(request: Request) -> Response:
    return RedirectResponse(f"/episodes/{quote(request.path_params['name'], safe='')}/", 308)


def _refused(request: Request, error: PipelineError) -> Response:
    status = 409 if isinstance(error, NeedsPerson) else 404 if isinstance(error, UsageError) else 500
    if request.url.path.startswith("/api/") or "/sound/" in request.url.path:
        status = 400 if status == 404 and request.method == "POST" else status
        return JSONResponse({"error": str(error)}, status)
    return HTMLResponse(pages.message("This cannot be shown", str(error)), status)


def _not_there(request: Request, error: HTTPException) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": error.detail}, error.status_code, error.headers)
    return HTMLResponse(pages.message("This is not here", error.detail), error.status_code, error.headers)
