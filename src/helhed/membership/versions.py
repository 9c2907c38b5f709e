"""The dated versions of the target groups: the book's text on one side, the counted rows on the other."""

from dataclasses import dataclass
from hashlib import sha256

from helhed.law import Catalogue
from helhed.membership.models import GroupVersion
from helhed.periods import date_of
from helhed.rules.criteria import Criterion, Group
from helhed.rules.references import references
from helhed.rules.vocabulary import Vocabulary


@dataclass(frozen=True)
class Current:
    """The rows of the versions in the book, and the keys of groups whose versions were not the same before."""

    rows: list[GroupVersion]
    changed: frozenset[str]


def bring_up_to_date(book: Catalogue) -> Current:
    """Make the rows of versions the book has now; those whose text it no longer has stop being current.

    A version whose criteria, or anything they lean on while it is in force, changed is a new row.
    """
    known = {
        (row.key, row.valid_from, row.valid_to, row.digest): row
        for row in GroupVersion.objects.order_by("pk")
    }
    wanted = _versions_of(book)
    made = [
        GroupVersion(key=key, valid_from=start, valid_to=end, digest=digest)
        for key, start, end, digest in wanted
        if (key, start, end, digest) not in known
    ]
    known |= {(r.key, r.valid_from, r.valid_to, r.digest): r for r in GroupVersion.objects.bulk_create(made)}
    rows = [known[one] for one in wanted]
    kept = {row.pk for row in rows}
    back = [row for row in rows if not row.current]
    gone = [row for row in known.values() if row.current and row.pk not in kept]
    if back:
        GroupVersion.objects.filter(pk__in=[row.pk for row in back]).update(current=True)
    if gone:
        GroupVersion.objects.filter(pk__in=[row.pk for row in gone]).update(current=False)
    return Current(rows, frozenset(row.key for row in (*made, *back, *gone)))


def are_up_to_date(book: Catalogue) -> bool:
    """Whether the rows say what the book says, so that no group waits to be counted anew."""
    current = GroupVersion.objects.filter(current=True)
    rows = current.values_list("key", "valid_from", "valid_to", "digest")
    return set(rows) == set(_versions_of(book))


def _versions_of(book: Catalogue) -> list[tuple[object, ...]]:
    """(key, valid_from, valid_to, digest) of every version."""
    groups, words = book.groups(), _text_of(book.vocabulary())
    found: list[tuple[object, ...]] = []
    for group in groups.values():
        for start, end, version in group.periods():
            text = words + _text(version.criteria, (start, end), groups)
            digest = sha256(text.encode()).hexdigest()
            found.append((group.key, date_of(start), None if end is None else date_of(end), digest))
    return found


def _text(criterion: Criterion, span: tuple[int, int | None], groups: dict[str, Group]) -> str:
    """A criterion as text, with the versions of the groups it refers to that are in force within the span behind it."""
    text = repr(criterion)
    for key in sorted(set(references(criterion))):
        for start, end, version in groups[key].periods():
            first, last = max(start, span[0]), min((d for d in (end, span[1]) if d is not None), default=None)
            if last is None or first < last:
                text += f"|{key} {first} {last} {_text(version.criteria, (first, last), groups)}"
    return text


def _text_of(vocabulary: Vocabulary) -> str:
    """What of the vocabulary changes the meaning of a criterion: which code and unit stands for which."""
    successors = {kind: sorted(known.items()) for kind, known in sorted(vocabulary.successors.items())}
    return repr((successors, sorted(vocabulary.unit_successors.items())))
