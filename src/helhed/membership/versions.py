"""The dated versions of the target groups: the catalogue's text on one side, the counted rows on the other."""

from hashlib import sha256

from helhed.law import Catalogue
from helhed.membership.models import GroupVersion
from helhed.periods import date_of
from helhed.rules.criteria import Criterion, Group, GroupRef, parts
from helhed.rules.vocabulary import Vocabulary


def bring_up_to_date(catalogue: Catalogue) -> list[GroupVersion]:
    """Make the rows of versions the catalogue has now; those whose text it no longer has stop being current.

    Answers the current rows. A version whose criteria, or anything they lean on, changed is a new row.
    """
    groups = catalogue.groups()
    vocabulary = _text_of(catalogue.vocabulary())
    keep = []
    for group in groups.values():
        digest = sha256((vocabulary + _text(group, groups, ())).encode()).hexdigest()
        for start, end, _version in group.periods():
            row, _made = GroupVersion.objects.get_or_create(
                key=group.key,
                valid_from=date_of(start),
                valid_to=None if end is None else date_of(end),
                digest=digest,
            )
            keep.append(row)
    ids = [row.pk for row in keep]
    GroupVersion.objects.filter(pk__in=ids, current=False).update(current=True)
    GroupVersion.objects.exclude(pk__in=ids).filter(current=True).update(current=False)
    return keep


def _text(group: Group, groups: dict[str, Group], seen: tuple[str, ...]) -> str:
    """A group's versions as text, with the groups it refers to written out behind it."""
    own = repr([(v.valid_from, v.criteria) for v in group.versions])
    named = sorted({key for v in group.versions for key in _references(v.criteria)} - set(seen))
    return own + "".join(_text(groups[key], groups, (*seen, group.key)) for key in named)


def _references(criterion: Criterion) -> set[str]:
    if isinstance(criterion, GroupRef):
        return {criterion.key}
    return {key for part in parts(criterion) for key in _references(part)}


def _text_of(vocabulary: Vocabulary) -> str:
    """What of the vocabulary changes the meaning of a criterion: which code and unit stands for which."""
    successors = {kind: sorted(known.items()) for kind, known in sorted(vocabulary.successors.items())}
    return repr((successors, sorted(vocabulary.unit_successors.items())))
