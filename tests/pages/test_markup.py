"""The strict content policy holds in the templates themselves: nothing inline; and each picture has its words."""

import re
from pathlib import Path

import pytest

from pages.extraction import PACKAGE

TEMPLATES = sorted((PACKAGE / "pages" / "templates").rglob("*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle="),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "a style sheet in the page": re.compile(r"<style"),
    "an address outside": re.compile(r"""(?:src|href|action)=["']https?:"""),
}


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE / "pages" / "templates"))
)
def test_nothing_inline(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not [what for what, pattern in INLINE.items() if pattern.search(text)]


def test_pages_ask_for_no_more_than_the_policy_allows(pages):
    policy = pages("anders").get("/kortlaegning")["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("bente", "/"),
        ("lene", "/"),
        ("anders", "/"),
        ("ulla", "/"),
        ("dorte", "/"),
        ("anna", "/"),
        ("anders", "/kortlaegning/2A"),
        ("anders", "/kortlaegning/graense"),
        ("dorte", "/log"),
        ("anders", "/lov"),
    ],
)
def test_a_page_has_one_heading_one_main_and_a_language(pages, username, path):
    page = pages(username).get(path, follow=True).content.decode()
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert page.count('<main id="indhold"') == 1 and 'href="#indhold"' in page
    assert '<html lang="da">' in page
    assert len(set(re.findall(r'\sid="([^"]+)"', page))) == len(re.findall(r'\sid="([^"]+)"', page))


def test_every_picture_says_what_it_is_or_is_decoration(pages):
    page = pages("anders").get("/kortlaegning/2A").content.decode()
    for picture in re.findall(r"<svg[^>]*>", page):
        assert "aria-hidden" in picture or "aria-label" in picture
    for picture in re.findall(r"<img[^>]*>", page):
        assert "alt=" in picture
