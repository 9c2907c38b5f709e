"""Which browser on which machine, in the few words its owner knows it by; nothing else of what it says is kept."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""A mark in the browser's own description, and the name; the first that fits counts, because each also names others."""


def browser_and_system(described: str) -> tuple[str, str]:
    """From a browser's description of itself (User-Agent) to two names; "" for one that is not known."""
    return _first(BROWSERS, described), _first(SYSTEMS, described)


def _first(marks: tuple[tuple[str, str], ...], described: str) -> str:
    return next((name for mark, name in marks if mark in described), "")
