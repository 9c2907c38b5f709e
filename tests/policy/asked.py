"""Questions as the tests ask them: an ordinary caseworker and an ordinary citizen, and what a test wants otherwise."""

from dataclasses import replace
from uuid import UUID

from helhed.accounts.roles import ROLES
from helhed.sharing.policy import ALWAYS, CATEGORIES, LAST_DAY, Basis, Citizen, Slice, Viewer

HERE, CHILD, SIBLING = (
    "bif/jobcenter-koebenhavn",
    "bif/jobcenter-koebenhavn/gammel-koege-landevej",
    "bif/ungeenhed",
)
SOF = "sof/driftscenter-1"
ANNA = "6f1c0f1e-0000-4000-8000-000000000001"
TODAY, NOW, HOUR = 20_000, 1_728_000_000_000, 3_600_000
ONE, TWO = UUID(int=1), UUID(int=2)


def viewer(role="caseworker", **more) -> Viewer:
    staff = role in ("caseworker", "leader")
    ordinary = Viewer(
        "bente",
        tuple(sorted(ROLES[role].permissions)),
        "bif" if staff else "",
        CHILD if staff else "",
        "",
        2,
        False,
        False,
        True,
        0,
        LAST_DAY,
    )
    return replace(ordinary, **more)


def consent(
    id=ONE, covers=CATEGORIES, sources=("bif", "sof"), to=("bif", "sof"), start=0, end=ALWAYS
) -> Basis:
    return Basis("consent", str(id), tuple(covers), tuple(sources), tuple(to), start, end)


def emergency(username="bente", start=NOW - HOUR, end=NOW + HOUR) -> Basis:
    return Basis("emergency", str(TWO), (), (), (username,), start, end)


def mandate(holder="bente", scope=("see",), start=0, end=ALWAYS) -> Basis:
    return Basis("mandate", str(TWO), tuple(scope), (), (holder,), start, end)


def question(*bases, by=None, cases=(CHILD, SOF), purpose="sagsbehandling", paused=False, **citizen) -> Slice:
    about = replace(Citizen(ANNA, tuple(cases), False, False, False), **citizen)
    return Slice(by or viewer(), about, tuple(bases), purpose, TODAY, NOW, paused)
