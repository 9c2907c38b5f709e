"""Money as people type it: kroner and øre, read to whole øre."""

import re

TYPED = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{1,2}))?")


def oere_typed(text: str) -> int | None:
    """Øre of an amount typed as 1.234,50, 1234,5 or 1234; None where it is no such amount. A point parts thousands only, so
    that 12.50 is not read as 1250."""
    bare = text.strip().removesuffix("kr.").removesuffix("kr").replace("\N{NO-BREAK SPACE}", "").strip()
    found = TYPED.fullmatch(bare)
    if found is None:
        return None
    return int(found[1].replace(".", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
