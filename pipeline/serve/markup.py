"""HTML that cannot be broken out of: whatever is put into a template is escaped, unless it was made by one."""

from __future__ import annotations

import html


class Html(str):
    """Markup that is known to be good."""

    __slots__ = ()


def fill(template: str, /, **values: object) -> Html:
    """``template`` with ``{names}`` filled in; texts are escaped, `Html` stands as it is, tuples are joined."""
    return Html(template.format_map({name: _safe(value) for name, value in values.items()}))


def _safe(value: object) -> str:
    if isinstance(value, Html):
        return value
    if isinstance(value, tuple):
        return "".join(map(_safe, value))
    return html.escape(str(value))


NOTHING = Html("")
