"""Chemical notation: CO₂, H2SO4, Fe³⁺, ²³⁸U, NaCl, PM2.5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import cardinal, decimal, two_digits
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_ELEMENT = (
    r"(?:A[cglmrstu]|B[aehikr]?|C[adeflmorsu]?|D[bsy]|E[rsu]|F[emr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[gnot]"
    r"|N[abdeip]?"
    r"|O[s]?|P[abdmortu]?|R[abefhnu]|S[bcegimnr]?|T[abcehilm]|U|V|W|Xe|Yb?|Z[nr])"
)
_SUB = "[₀₁₂₃₄₅₆₇₈₉]"
_SUP = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
_CHARGED = Pattern(rf"(?<![\w-])(?P<f>(?:\(?{_ELEMENT}\)?{_SUB}*)+)(?P<n>{_SUP}*)(?P<charge>[⁺⁻])(?![\w{_SUP[1:-1]}])")
_SUBSCRIPTED = Pattern(rf"(?<![\w-])(?=[^\W\d_]*[A-Za-z()]*{_SUB})(?:\(?{_ELEMENT}\)?{_SUB}*)+(?!\w)")
_PLAIN = Pattern(
    rf"(?<![\w.-])(?=[A-Za-z]+[2-9]|[A-Za-z]+[12]\d)(?P<f>(?:{_ELEMENT}(?:[2-9]|[12]\d)?){{2,8}})(?![\w]|\.\d|-\d)"
)
_SIMPLE = Pattern(r"(?<![\w.-])(?:O2|O3|H2|N2|Cl2|PM ?2\.5|PM ?10)(?![\w]|\.\d)")
_SALTS = Pattern(
    r"(?<![\w-])(?:NaCl|HCl|KCl|NaOH|KOH|LiCl|AgCl|CaO|MgO|ZnO|FeO|GaAs|GaN|SiC|KBr|NaI|NaF|HBr|HF|NaOCl|LiOH"
    r"|AgNO|CuO)(?!\w)"
)
_ISOTOPE = Pattern(rf"(?<![\w.])(?P<n>{_SUP}{{1,3}})(?P<e>{_ELEMENT})(?![a-z])")
_ATOMS = Pattern(r"[A-Z]|[a-z]+|\d+(?:\.\d+)?")
_NOT = Pattern(r"H\dN\d|([A-Z])2\1|(?:PS|MP|HP|BP|BBC|UB|CBS|ITV|CNBC)\d+|[A-Z]{3,}\d+|[VIX]+\d?")
_NAMES = {
    "H": "hydrogen", "He": "helium", "Li": "lithium", "C": "carbon", "N": "nitrogen", "O": "oxygen", "K": "potassium",
    "Co": "cobalt", "Sr": "strontium", "Tc": "technetium", "I": "iodine", "Cs": "cesium", "Pb": "lead", "Ra": "radium",
    "Rn": "radon", "Th": "thorium", "U": "uranium", "Pu": "plutonium", "Am": "americium", "P": "phosphorus",
    "S": "sulfur", "Fe": "iron", "Be": "beryllium", "Si": "silicon", "Ar": "argon", "Xe": "xenon", "Po": "polonium",
}  # fmt: skip
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims formulas of substances."""
    if not english(language) or sentence.islower():
        return ()
    if sentence.isascii():
        if not _ASCII.search(sentence):
            return ()
        return claimed(sentence, _TABLE[-3:])
    return claimed(sentence, _TABLE)


def _spelled(text: str) -> str:
    """Symbols of elements letter by letter, numbers as numbers: "C O two"."""
    return " ".join(decimal(atom) if atom[0].isdecimal() else " ".join(atom.upper()) for atom in _ATOMS.findall(text))


def _plain(match: re.Match[str]) -> str | None:
    return None if _NOT.compiled.fullmatch(match["f"]) else _spelled(match["f"])


def _charged(match: re.Match[str]) -> str:
    number = match["n"].translate(_DIGITS)
    said = [_spelled(match["f"].translate(_DIGITS)), cardinal(int(number)) if number else ""]
    return " ".join([*filter(None, said), "plus" if match["charge"] == "⁺" else "minus"])


def _isotope(match: re.Match[str]) -> str:
    number = match["n"].translate(_DIGITS)
    said = (
        f"{cardinal(int(number[0]))} {two_digits(int(number[1:]))}"
        if len(number) == 3 and number[1:] != "00"
        else cardinal(int(number))
    )
    return f"{_NAMES.get(match['e'], ' '.join(match['e'].upper()))} {said}"


_TABLE = (
    (_ISOTOPE, _isotope),
    (_CHARGED, _charged),
    (_SUBSCRIPTED, lambda m: _spelled(m[0].translate(_DIGITS))),
    (_SIMPLE, lambda m: _spelled(m[0])),
    (_PLAIN, _plain),
    (_SALTS, lambda m: _spelled(m[0])),
)
_ASCII = re.compile(r"[A-Z][A-Za-z]?\d|PM \d|[a-z][A-Z]|H[CBF]")
