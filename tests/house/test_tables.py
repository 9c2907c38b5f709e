"""Tables: keys point down, each has its Danish word, its rights, and its migration."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models

from house.building import BASE

FRAMEWORK = {
    "auth_group",
    "auth_group_permissions",
    "account_emailaddress",
    "account_emailconfirmation",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
    "axes_accesslog",
    "axes_accessfailurelog",
}
"""Tables of Django, django-allauth and django-axes that the program neither reads nor writes."""
ASIDE = {"access_grant", "register_index_aside"}
"""Tables that only a function of the owner's uses, on the program's behalf."""


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("helhed.")]


def floor(model: type[models.Model]) -> int:
    """How high a model's room stands."""
    room = ".".join(model.__module__.split(".")[:2])
    return settings.ROOMS.index(room)


def room(model: type[models.Model]) -> str:
    return model.__module__.removesuffix(".models")


def keys() -> list[models.ForeignKey]:
    """Every field of ours that points at another table."""
    return [
        field
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.model.__module__.startswith("helhed.")
    ]


def test_keys_point_down():
    up = [str(f) for f in keys() if our(f.related_model) and floor(f.related_model) > floor(f.model)]
    assert not up


def test_siblings_do_not_point_at_each_other():
    across = [
        str(f)
        for f in keys()
        if our(f.related_model)
        and floor(f.related_model) == floor(f.model)
        and room(f.related_model) != room(f.model)
    ]
    assert not across


def our(model: type[models.Model]) -> bool:
    return model.__module__.startswith("helhed.")


def test_no_back_door_into_another_room():
    """`person.handover_set` would be an import upwards in disguise."""
    doors = [
        str(f)
        for f in keys()
        if room(f.related_model) != room(f.model) and f.remote_field.related_name != "+"
    ]
    assert not doors


def test_every_table_has_its_danish_word():
    rows = re.findall(
        r"^\| `(\w+)\.(\w+)` \| ([^|]+) \| ([^|]+) \|$", (BASE / "GLOSSARY.md").read_text(), re.M
    )
    listed = {(label, name): word.strip() for label, name, word, _ in rows}
    tables = {(m._meta.app_label, m.__name__) for m in our_models()}
    assert set(listed) == tables, "GLOSSARY.md lists other tables than there are"
    assert all(listed.values())


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_table_says_what_the_program_may_do():
    """Nothing is granted by default: a table without a GRANT in a migration is a table forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(privilege_type::text) FROM information_schema.role_table_grants"
            " WHERE grantee = 'helhed_web' AND table_schema = 'public' GROUP BY table_name"
        )
        granted = dict(cursor.fetchall())
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}
    assert tables - FRAMEWORK - ASIDE == {name for name in granted if name in tables}
    too_much = {t: p for t, p in granted.items() if {"TRUNCATE", "TRIGGER", "REFERENCES"} & set(p)}
    assert not too_much
