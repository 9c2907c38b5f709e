"""The small world of the page tests, once for this folder too."""

from pages.conftest import english, pages, world

__all__ = ["english", "pages", "world"]
