"""A criterion as one phrase: long lists of codes and units are counted in the short form and named in the full one."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from helhed.rules.criteria import AnyChild, AnyParent, Criterion, Leaf, Not
from helhed.rules.sentences import Label, sentences

MOST_NAMED = 3
_COUNTED = "#"


def full(criterion: Criterion, label: Label, language: str) -> str:
    """A criterion with all it names: "modtager en af: kontanthjælp, ledighedsydelse"."""
    head, *below = [line.text for line in sentences(criterion, label, language)]
    return f"{head} {'; '.join(below)}" if below else head


def short(criterion: Criterion, label: Label, language: str) -> str:
    """The same, but more than three codes or units are told by their number: "modtager en af 5 ydelser"."""
    return full(_counted(criterion), _counting(label), language)


def heading(criterion: Criterion, label: Label, language: str) -> str:
    """The line that stands above the parts: "alle disse gælder:"."""
    return sentences(criterion, label, language)[0].text


def _counted(criterion: Criterion) -> Criterion:
    if isinstance(criterion, Not | AnyChild | AnyParent):
        return replace(criterion, of=_counted(criterion.of))
    if not isinstance(criterion, Leaf):
        return criterion
    return replace(criterion, any_of=_number(criterion.any_of), unit=_number(criterion.unit))


def _number(listed: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return listed if listed is None or len(listed) <= MOST_NAMED else (f"{_COUNTED}{len(listed)}",)


def _counting(label: Label) -> Callable[[str, str, str], str]:
    def words(kind: str, code: str, language: str) -> str:
        if not code.startswith(_COUNTED):
            return label(kind, code, language)
        n = int(code.removeprefix(_COUNTED))
        if kind == "unit":
            return _("en af %(n)s enheder") % {"n": n}
        if kind == "benefit":
            return _("en af %(n)s ydelser") % {"n": n}
        return _("en af %(n)s muligheder") % {"n": n}

    return words
