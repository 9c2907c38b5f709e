"""Small numbers for what is held once: a word, a unit, a kind of file. They end at 32,767, so none is used up in vain."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model


@transaction.atomic
def keep(wanted: Iterable[Model], *key: str) -> None:
    """Save those of some unsaved rows of one table whose `key` columns no row has yet, numbered on from the highest.

    A sequence would spend a number for each row that stands already, and for each that is undone: with a delivery a day it
    would come to its end within a few years. Those who save something take turns until their transaction ends.
    """
    rows = {tuple(getattr(row, name) for name in key): row for row in wanted}
    if not rows:
        return
    model = type(next(iter(rows.values())))
    if not rows.keys() - _standing(model, key):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('register numbers ' || %s))", [model._meta.db_table]
        )
    highest = model._default_manager.aggregate(highest=Max("id"))["highest"] or 0
    fresh = [rows[said] for said in sorted(rows.keys() - _standing(model, key))]
    for number, row in enumerate(fresh, highest + 1):
        row.pk = number
    model._default_manager.bulk_create(fresh)


def _standing(model: type[Model], key: tuple[str, ...]) -> set[tuple[Any, ...]]:
    return set(model._default_manager.values_list(*key))
