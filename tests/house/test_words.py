"""Nothing committed speaks of one machine, one registry, or of work left for later."""

import re

from house.building import BASE, texts

HERE = "tests/house/test_words.py"
BANNED = {
    "a path of one machine": re.compile(r"(?<![\w.:/}-])/(?:work|root|home|Users)/\w"),
    "a registry's host": re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.com"),
    "work left for later": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
    "a reversed import": re.compile(r"\bget_model\(|django\.dispatch|models\.signals"),
}
ALLOWED = {(HERE, reason) for reason in BANNED} | {("pyproject.toml", "a reversed import")}


def test_no_banned_words():
    found = [
        f"{name}:{number}: {reason}: {line.strip()[:100]}"
        for file in texts()
        for name in [str(file.relative_to(BASE))]
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        for reason, pattern in BANNED.items()
        if (name, reason) not in ALLOWED and pattern.search(line)
    ]
    assert not found
