"""Plain text → blocks of lines that belong together, whether its author hard-wrapped it or wrote a paragraph a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.plain_looks import CHAPTER, SECTION, is_known
from pipeline.text.plain_wrapping import UNWRAPPED, wrapped_at

_KNOWN_WORDS = 2
"""Words of a known title that needs no room around it."""
_ROOM = 12
"""Characters by which the next word must have fitted for a line's end to be meant."""
_RULE = re.compile(r"\s*(?:([=\-~^*#_+])\s?)(?:\1\s?){2,}\s*")
_QUOTED = re.compile(r"\s{0,3}>(?!>>\s)(?:\s?>)*\s?")
_STOP = re.compile(r"[.!?…][\"'”’)»]*$")
_BULLET = re.compile(r"\s*(?:[-*•‣◦⁃▪+·–—]|o(?=\s{2,}))\s+(?=\S)")
_NUMBER = re.compile(r"\s*(?:\(?(\d{1,3})[.)]|(\d{1,3})(?::|\s?[–—-](?=\s+[^\W\d_])))\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Lines that belong together.

    Attributes:
        lines: As in the source, without what surrounds them; never empty.
        text: The lines as one, blanks folded.
        line: Number of the first line in the source, from 1.
        before: Blank lines in front; large for the first.
        underline: The character of a line of marks under it (``====``), else empty.
    """

    lines: tuple[str, ...]
    text: str
    line: int
    before: int
    underline: str = ""

    @property
    def indent(self) -> int:
        """Blanks in front of the first line."""
        return len(self.lines[0]) - len(self.lines[0].lstrip())

    @property
    def end_line(self) -> int:
        """Number of the last line in the source."""
        return self.line + len(self.lines) - 1


def bullet(line: str) -> str | None:
    """``line`` without the mark of an unordered list in front; None where it has none."""
    found = _BULLET.match(line)
    return line[found.end() :] if found else None


def number(line: str) -> tuple[int, str] | None:
    """The number in front of ``line`` (``3.``, ``3)``, ``(3)``, ``3:``) and the rest; None where it has none."""
    found = _NUMBER.match(line)
    return (int(found[1] or found[2]), line[found.end() :]) if found else None


def quoted(line: str) -> str | None:
    """``line`` without the marks of an e-mail's quotation in front (``>``); None where it has none.

    Three marks and a blank are the prompt of a program.
    """
    found = _QUOTED.match(line)
    return line[found.end() :] if found else None


def is_rule(line: str) -> bool:
    """Whether ``line`` consists of marks only, as a rule or an underline."""
    return bool(_RULE.fullmatch(line)) and len(line.strip()) <= UNWRAPPED


def chunks(text: str) -> tuple[Chunk, ...]:
    """The blocks of ``text`` in order.

    Blank lines separate; so does the end of a line that is too long to be hand-wrapped, the mark of a list entry, an
    underline, and a line that ends although the next word had fitted, if it ends a sentence or looks like a title.
    """
    lines = [line.expandtabs(4).rstrip() for line in text.split("\n")]
    width = wrapped_at(lines)
    out: list[Chunk] = []
    held: list[str] = []
    first, gap = 0, 9

    def close() -> None:
        nonlocal held, gap
        if held:
            out.append(_chunk(held, first, gap))
            held, gap = [], 0

    for at, line in enumerate(lines):
        if not line.strip():
            close()
            gap += 1
            continue
        if is_rule(line) and len(held) == 1 and not is_entry(held[0]) and len(held[0]) < UNWRAPPED:
            out.append(_chunk(held, first, gap, line.strip()[0]))
            held, gap = [], 0
            continue
        if held and _parts(held, line, width):
            close()
        if not held:
            first = at
        held.append(line)
    close()
    return _with_titles_apart(out)


def _with_titles_apart(parts: list[Chunk]) -> tuple[Chunk, ...]:
    """``parts`` with the first lines of a numbered series cut off where they are titles right above their text.

    Precision first: every member of the series from 1 on must have such a line, or a text of its own after it.
    """
    longest = max((len(line) for part in parts for line in part.lines), default=0)
    cut: set[int] = set()
    run: list[int] = []
    for at, part in enumerate((*parts, None)):
        found = number(part.lines[0]) if part else None
        if part and not found:
            continue
        expected = _number_of(parts[run[-1]]) + 1 if run else 1
        if found is None or found[0] != expected:
            cut |= _titled(parts, run, longest)
            run = [at] if found and found[0] == 1 else []
        else:
            run.append(at)
    out: list[Chunk] = []
    for at, part in enumerate(parts):
        if at in cut:
            out.append(_chunk([part.lines[0]], part.line - 1, part.before))
            out.append(_chunk(list(part.lines[1:]), part.line, 0))
        else:
            out.append(part)
    return tuple(out)


def _number_of(part: Chunk) -> int:
    found = number(part.lines[0])
    return found[0] if found else 0


def _titled(parts: list[Chunk], run: list[int], longest: int) -> set[int]:
    """Those of ``run`` (places of 1., 2., 3. …) to cut in two; none unless all have a title and a text."""
    if len(run) < 2:
        return set()
    cut: set[int] = set()
    for at in run:
        lines = parts[at].lines
        if len(lines) == 1:
            after = parts[at + 1] if at + 1 < len(parts) else None
            if after is None or is_entry(after.lines[0]):
                return set()
            continue
        title, word = lines[0].rstrip(), lines[1].split(maxsplit=1)[0]
        begins = word.lstrip("“\"‘'(«„¿¡")[:1]
        deeper = len(lines[1]) - len(lines[1].lstrip()) > parts[at].indent
        if title.endswith((".", ",", ";", ":")) or deeper or not (begins.isupper() or begins.isdigit()):
            return set()
        if len(title) + 1 + len(word) > longest or not re.search(r"[.!?…][\"'”’)»]*$", lines[-1]):
            return set()
        cut.add(at)
    return cut


def _chunk(lines: list[str], first: int, before: int, underline: str = "") -> Chunk:
    text = " ".join(word for line in lines for word in line.split())
    return Chunk(lines=tuple(lines), text=text, line=first + 1, before=before, underline=underline)


def is_entry(line: str) -> bool:
    """Whether ``line`` begins a list entry."""
    return bullet(line) is not None or number(line) is not None


def _parts(held: list[str], line: str, width: int) -> bool:
    """Whether ``line`` begins something new after the lines ``held``."""
    last = held[-1]
    if not width or (quoted(last) is not None and quoted(line) is None) or _are_chapters(last, line):
        return True
    if quoted(line) is not None and quoted(last) is None:
        return last.endswith(":") or _STOP.search(last) is not None
    if len(last) > UNWRAPPED or len(line) > UNWRAPPED or is_entry(line) or is_rule(line) or is_rule(last):
        return True
    if _is_known_title(line) and (len(held) == 1 or _STOP.search(last)):
        return True
    fits = len(last) + 1 + len(line.split(maxsplit=1)[0]) + _ROOM <= width
    if not fits:
        return False
    if is_entry(held[0]) and len(line) - len(line.lstrip()) > len(held[0]) - len(held[0].lstrip()):
        return False
    if _STOP.search(last) or (len(held) == 1 and _is_known_title(last)):
        return True
    if len(held) > 1 or len(last) >= 0.7 * width or last.endswith((",", ";", ":")):
        return False
    numbered = _is_section(last)
    return (numbered and _is_section(line)) or (len(line) > 0.7 * width and (numbered or last.lstrip()[:1].isupper()))


def _are_chapters(line: str, after: str) -> bool:
    """Whether both lines begin as chapters do, as in a list of contents."""
    one, other = CHAPTER.match(line), CHAPTER.match(after)
    return one is not None and other is not None and one[1].casefold() == other[1].casefold()


def _is_known_title(line: str) -> bool:
    """Whether ``line`` is a title that many texts have, and nothing else."""
    text = line.strip()
    return text[:1].isupper() and text[-1].isalpha() and len(text.split()) <= _KNOWN_WORDS and is_known(text)


def _is_section(line: str) -> bool:
    """Whether ``line`` has a number in front and begins with a capital after it: ``2.1 Site``."""
    found = SECTION.match(line)
    return found is not None and line.strip()[0].isdigit() and found[2][:1].isupper()
