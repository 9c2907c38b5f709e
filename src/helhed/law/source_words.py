"""Where something is said, in words a reader knows the sources by."""

from collections.abc import Iterable

from helhed.law.readers import Catalogue
from helhed.law.shapes import SourceRef


def source_text(book: Catalogue, refs: Iterable[SourceRef], language: str) -> str:
    """Where something is said: the source by its short name, and the place in it."""
    return "; ".join(f"{short_name(book, r.source, language)}, {r.place}".rstrip(", ") for r in refs)


def short_name(book: Catalogue, source: str, language: str) -> str:
    """A document by the name it goes under here ("Implement 2022"), any other source by its title."""
    entry = book.sources[source]
    return (
        source.replace("-", " ").capitalize()
        if entry.kind == "document"
        else entry.label.in_language(language)
    )
