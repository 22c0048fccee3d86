"""Dates as sources write them → ISO 8601, or nothing where it is not certain."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


def iso_date(text: str) -> str:
    """``YYYY-MM-DD`` of an ISO 8601 or RFC 5322 date with or without a time; empty for all else."""
    found = _ISO.match(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        return parsedate_to_datetime(text.strip()).date().isoformat() if re.search(r"\d{4}", text) else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
