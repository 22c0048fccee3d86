"""The categories of Apple's podcast directory, which all others use too, by their official English names."""

from __future__ import annotations

from difflib import get_close_matches

CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": ("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga",
        "Automotive",
        "Aviation",
        "Crafts",
        "Games",
        "Hobbies",
        "Home & Garden",
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News",
        "Daily News",
        "Entertainment News",
        "News Commentary",
        "Politics",
        "Sports News",
        "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism",
        "Christianity",
        "Hinduism",
        "Islam",
        "Judaism",
        "Religion",
        "Spirituality",
    ),
    "Science": (
        "Astronomy",
        "Chemistry",
        "Earth Sciences",
        "Life Sciences",
        "Mathematics",
        "Natural Sciences",
        "Nature",
        "Physics",
        "Social Sciences",
    ),
    "Society & Culture": ("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
    "Sports": (
        "Baseball",
        "Basketball",
        "Cricket",
        "Fantasy Sports",
        "Football",
        "Golf",
        "Hockey",
        "Rugby",
        "Running",
        "Soccer",
        "Swimming",
        "Tennis",
        "Volleyball",
        "Wilderness",
        "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}
"""Category → its subcategories (podcasters.apple.com/support/1691)."""

SEPARATOR = ">"
"""Between a category and its subcategory: ``"Society & Culture > Documentary"``."""


def parts(name: str) -> tuple[str, str]:
    """Category and subcategory of a name, the second empty where it has none; nothing is checked."""
    category, _, inside = name.partition(SEPARATOR)
    return category.strip(), inside.strip()


def is_category(name: str) -> bool:
    """Whether ``name`` is a category, or a category and one of its subcategories, spelt as Apple does."""
    category, inside = parts(name)
    known = CATEGORIES.get(category)
    return known is not None and (inside in known if inside or SEPARATOR in name else True)


def near(name: str) -> str:
    """The category whose name is nearest to ``name``; empty where none is near."""
    told = {_plain(known): known for known in _all()}
    wanted = _plain(name)
    # a subcategory alone is enough to tell which is meant
    told |= {_plain(known.rpartition(SEPARATOR)[2]): known for known in _all() if SEPARATOR in known}
    told |= {_plain(known): known for known in CATEGORIES}
    found = get_close_matches(wanted, told, n=1)
    return told[found[0]] if found else ""


def _all() -> tuple[str, ...]:
    return (*CATEGORIES, *(f"{name} {SEPARATOR} {inside}" for name, listed in CATEGORIES.items() for inside in listed))


def _plain(name: str) -> str:
    """``name`` without what people write differently."""
    return " ".join(name.casefold().replace("&", " and ").replace("/", " > ").replace(SEPARATOR, " > ").split())
