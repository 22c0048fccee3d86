"""A long article, the same at each run: chapters of many short sentences, and one of everything an article can have."""

from __future__ import annotations

CHAPTERS = 12
PARAGRAPHS = 22
SENTENCES = 8
"""In a paragraph; in all more than the 2,000 beyond which the read-along page is one page for each chapter."""

_WORDS = {
    "things": "sea moon tide water shore bay wind sand boat light hour day rock pool wave salt deep cliff",
    "acts": "rises falls turns waits moves returns gathers spreads",
}
_THINGS, _ACTS = (words.split() for words in _WORDS.values())
_HEAD = """\
---
title: The long book of tides
author: The articlecast project
date: 2026-03-01
language: en-GB
description: Many short sentences about the sea.
---

Everything that follows is about the sea.

"""
_ODDS = """\
### Odds and ends

- A list has a first item.
- It has [a second one](https://example.org/second), too.

1. First wait.
2. Then count.

| Place | Range |
| ----- | ----- |
| Bay   | 12 m  |
| Coast | 4 m   |

> The sea does not wait.

```python
print("high" if tide > 0 else "low")
```

*Marée haute*, say the French, and *H~2~O* is what rises.[^1]

[^1]: A note that stands below.

"""


def text() -> str:
    """The article as Markdown."""
    parts = [_HEAD]
    number = 0
    for chapter in range(CHAPTERS):
        parts.append(f"## Of {_THINGS[chapter]} and {_THINGS[chapter + 5]}\n\n")
        for paragraph in range(PARAGRAPHS):
            said = []
            for _ in range(SENTENCES):
                number += 1
                thing, other = _THINGS[(number * 7) % len(_THINGS)], _THINGS[(number * 5 + chapter) % len(_THINGS)]
                said.append(f"The {thing} {_ACTS[(number // 3) % len(_ACTS)]} over the {other}.")
            parts.append(" ".join(said) + "\n\n")
            if paragraph == chapter:  # never twice at the same place of a page
                parts.append(_ODDS if chapter == 1 else "")
    return "".join(parts)
