"""The book: the target groups of the files, and the versions that were drawn in the workshop and adopted."""

from functools import lru_cache

from helhed.law import Catalogue, catalogue
from helhed.membership.models import Adoption
from helhed.periods import day_of
from helhed.rules.criteria import Group, Version
from helhed.rules.reading import read_criterion


def book() -> Catalogue:
    """The catalogue with every adopted version in it, as it is now.

    CriteriaError, naming the version, if the files no longer know a word that an adopted version uses.
    """
    latest = Adoption.objects.order_by("-pk").values_list("pk", "at").first()
    return _with_adopted(catalogue(), latest)


@lru_cache(maxsize=2)
def _with_adopted(files: Catalogue, latest: tuple[object, ...] | None) -> Catalogue:
    """The book as it stood after an adoption. `latest` says when to read anew; it is never asked what it holds."""
    if latest is None:
        return files
    found = files
    for row in Adoption.objects.filter(pk__lte=latest[0]).order_by("pk"):
        found = with_version(found, row)
    return found


def with_version(known: Catalogue, row: Adoption) -> Catalogue:
    """The catalogue with one more version of a group, or one more group. CriteriaError or RefusedError where it does not fit."""
    criterion = read_criterion(
        row.criteria, f"{row.key} {row.valid_from}", known.vocabulary(), known.groups()
    )
    source = f"Målgruppeværkstedet, godkendt {row.at:%d-%m-%Y}"
    version = Version(day_of(row.valid_from), criterion, source)
    label = {"da": row.label_da, "en": row.label_en}
    return known.with_adopted({row.key: Group(row.key, (version,), label, source)})
