"""File names that every system takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.slugs import slug, unique


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Why Bread Rises", "why-bread-rises"),
        ("8 tips: rest & sleep!", "8-tips-rest-sleep"),
        ("Äpfel und Öl", "äpfel-und-öl"),
        ("Straße", "strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "con-1"),
        ("LPT3", "lpt3-1"),
        ("   ", "episode"),
        ("???", "episode"),
    ],
)
def test_slugs(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_a_slug_is_a_safe_name_and_its_own_slug(text: str) -> None:
    name = slug(text)
    assert name
    assert not set(name) & set('/\\:*?"<>|. \0')
    assert slug(name) == name or name.endswith("-1")
    assert unicodedata.is_normalized("NFC", name)


def test_unique_after_casefolding_and_nfc() -> None:
    assert unique("tides", []) == "tides"
    assert unique("tides", ["TIDES", "tides-2"]) == "tides-3"
    assert unique(unicodedata.normalize("NFC", "é"), [unicodedata.normalize("NFD", "É")]).endswith("-2")
