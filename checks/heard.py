"""Whether every sentence of a script is heard: ``heard.py REF.txt AUDIO WORST_WER LEAST_HEARD``.

Whisper tiny.en listens (``asr_wer.py`` in this folder); its words are aligned with those of REF.txt, one sentence a
line. Exit 1 when more than WORST_WER of the words are wrong, or of one sentence's words less than
LEAST_HEARD is heard.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jiwer
from num2words import num2words


def plain(text: str) -> list[str]:
    """The words of ``text`` as ``asr_wer.py`` compares them: lower case, numbers spoken, no punctuation."""
    text = text.lower().replace("’", "'")
    text = re.sub(r"\d[\d,]*(\.\d+)?", _in_words, text)
    return re.sub(r"[^a-z0-9' ]+", " ", text).split()


def _in_words(match: re.Match[str]) -> str:
    digits = match[0].replace(",", "")
    words: str = num2words(float(digits) if match[1] else int(digits))
    return words


def main(reference: Path, audio: Path, worst_wer: float, least_heard: float) -> int:
    """Print the figures; the answer is the exit code."""
    listen = [sys.executable, str(Path(__file__).with_name("asr_wer.py")), "--max-wer", "1", str(reference), str(audio)]
    told = json.loads(subprocess.run(listen, capture_output=True, text=True, check=True).stdout)
    sentences = [words for line in reference.read_text(encoding="utf-8").splitlines() if (words := plain(line))]
    aligned = jiwer.process_words(" ".join(" ".join(words) for words in sentences), " ".join(plain(told["hyp"])))
    heard: set[int] = set()
    for piece in aligned.alignments[0]:
        if piece.type == "equal":
            heard.update(range(piece.ref_start_idx, piece.ref_end_idx))
    missing, at = [], 0
    for words in sentences:
        share = sum(number in heard for number in range(at, at + len(words))) / len(words)
        at += len(words)
        if share < least_heard:
            missing.append(f"{share:.0%} heard of: {' '.join(words)}")
    print(f"WER {told['wer']}, {len(sentences)} sentences, {len(missing)} missing")
    print("\n".join(missing))
    return int(told["wer"] > worst_wer or bool(missing))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
