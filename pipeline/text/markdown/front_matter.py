"""Front matter in YAML, TOML or JSON; of YAML the small part that articles use, read without a YAML parser.

Understood of it are ``key: value`` lines, quoted strings, ``[a, b]`` and ``- a`` lists, ``|`` and ``>`` blocks and
comments; everything else (nested maps, anchors, tags) is passed over.
"""

from __future__ import annotations

import json
import re
import tomllib

Value = str | tuple[str, ...]

_LINE = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(.*))?")
_ITEM = re.compile(r"\s*-\s+(.*)")
_INLINE = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*?)\s*(?:,|$)""")
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?=\n|$)")
_YES, _NO = frozenset(("true", "yes", "on")), frozenset(("false", "no", "off", "clean"))


def split_front(text: str) -> tuple[str, str]:
    """Front matter in TOML (between lines ``+++``) or JSON (an object), and ``text`` with blank lines in its place.

    The former is empty where there is none, or where it is YAML, which the Markdown parser knows.
    """
    end = 0
    if found := _TOML.match(text):
        end = found.end()
    elif text.startswith("{") and text[1:].lstrip()[:1] == '"':
        try:
            end = json.JSONDecoder().raw_decode(text)[1]
        except (ValueError, RecursionError):
            end = 0
    if not end or text[end:].split("\n", 1)[0].strip():
        return "", text
    return text[:end], "\n" * text.count("\n", 0, end) + text[end:]


def front_matter(source: str) -> dict[str, Value]:
    """Keys, lower case, with their values; a list is a tuple, all else a string as written between its quotes."""
    if source.startswith(("+++", "{")):
        return _structured(source)
    return _yaml(source)


def _structured(source: str) -> dict[str, Value]:
    """Values of TOML or JSON; those of tables such as ``[params]`` count where the whole has none of the name."""
    body = source.strip().removeprefix("+++").removesuffix("+++")
    try:
        held = json.loads(source) if source.startswith("{") else tomllib.loads(body)
    except (ValueError, RecursionError):  # a mistake in one line should not cost the others
        return _yaml(re.sub(r"(?m)^(\w[\w-]*)[ \t]*=[ \t]*", r"\1: ", body))
    if not isinstance(held, dict):
        return {}
    found = {str(key).lower(): _flat(value) for key, value in held.items() if not isinstance(value, dict)}
    for table in held.values():
        if isinstance(table, dict):
            for key, value in table.items():
                found.setdefault(str(key).lower(), () if isinstance(value, dict) else _flat(value))
    return {key: value for key, value in found.items() if value}


def _flat(value: object) -> Value:
    """A value as text or, for a list, texts; of the tables in a list their ``name``."""
    if isinstance(value, list):
        named = (one.get("name") if isinstance(one, dict) else one for one in value)
        return tuple(filter(None, (str(_flat(one)) for one in named if one is not None)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _yaml(source: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    lines = source.split("\n")
    at = 0
    while at < len(lines):
        match = _LINE.fullmatch(lines[at].rstrip())
        at += 1
        if not match:
            continue
        key, value = match[1].lower(), (match[2] or "").strip()
        below: list[str] = []
        while at < len(lines) and (not lines[at].strip() or lines[at][0] in " \t-"):
            below.append(lines[at])
            at += 1
        found.setdefault(key, _value(value, below))
    return {key: value for key, value in found.items() if value}


def text_in(values: dict[str, Value], *keys: str) -> str:
    """The first of ``keys`` that is there, as one line of text; of a list, its first entry."""
    for key in keys:
        value = values.get(key, "")
        if value:
            return " ".join((value if isinstance(value, str) else value[0]).split())
    return ""


def list_in(values: dict[str, Value], *keys: str) -> tuple[str, ...]:
    """The first of ``keys`` that is there, as a list; a text is split at semicolons."""
    for key in keys:
        value = values.get(key, "")
        if value:
            parts = value.split(";") if isinstance(value, str) else value
            return tuple(filter(None, (" ".join(part.split()) for part in parts)))
    return ()


def truth_in(values: dict[str, Value], key: str) -> bool | None:
    """Whether ``key`` says yes or no; None where it says neither."""
    said = text_in(values, key).lower()
    return True if said in _YES else False if said in _NO else None


def _value(value: str, below: list[str]) -> Value:
    if value[:1] in ("|", ">") and len(value) <= 2:
        return (" " if value[0] == ">" else "\n").join(line.strip() for line in below).strip()
    value = _uncommented(value)
    if not value:
        items = [match[1] for line in below if (match := _ITEM.fullmatch(line))]
        names = [re.sub(r"^name\s*:\s+", "", _uncommented(item)) for item in items]
        return tuple(filter(None, map(_unquoted, names)))
    if value.startswith("[") and value.endswith("]"):
        inner = value[1:-1]
        return tuple(filter(None, (_unquoted(match[1]) for match in _INLINE.finditer(inner))))
    if below and not any(_LINE.fullmatch(line.strip()) or _ITEM.fullmatch(line) for line in below):
        value = " ".join([value, *(line.strip() for line in below)]).strip()  # a text that goes on, indented
    return _unquoted(value)


def _uncommented(value: str) -> str:
    quoted = _QUOTED.match(value)
    if quoted:
        return quoted[0] if value[quoted.end() :].lstrip()[:1] in ("", "#") else value
    return re.split(r"(?:^|\s)#\s", value, maxsplit=1)[0].strip() if not value.startswith("#") else ""


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), value[1:-1])
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return "" if value in ("null", "~") else value
