"""A city's cases and grants for the bench, written as the owner of the tables; and the questions decisions are asked."""

from dataclasses import dataclass, replace
from random import Random
from uuid import UUID

from django.db import connections

from helhed.accounts.roles import ROLES
from helhed.sharing.ledger.models import PARTS
from helhed.sharing.policy import ALWAYS, CATEGORIES, LAST_DAY, Basis, Citizen, Duty, Slice, Viewer

UNITS = {
    "bif": (
        "bif/jobcenter-koebenhavn",
        "bif/jobcenter-koebenhavn/gammel-koege-landevej",
        "bif/ungeenhed",
        "bif/integrationscenter",
        "bif/center-for-beskaeftigelse-og-afklaring",
        "bif/ydelsesservice",
    ),
    "sof": (
        "sof/driftscenter-1",
        "sof/driftscenter-2",
        "sof/driftscenter-3",
        "sof/driftscenter-4/voksne",
        "sof/driftscenter-4/boern",
        "sof/driftscenter-5",
        "sof/driftscenter-6/oevrige",
    ),
}
EVERY = [unit for units in UNITS.values() for unit in units]
VIEWERS = """
INSERT INTO accounts_user (username, password, name, role, administration, unit, is_active, clearance, vip,
    protected_address, appointed_from)
SELECT 'bench-' || number, '!', 'Bench', 'caseworker', split_part(unit, '/', 1), unit, true, 2, false, false, '2020-01-01'
FROM unnest(%s::text[]) WITH ORDINALITY AS u (unit, number)
"""
CASES = """
INSERT INTO access_case (person_key, side, kind, unit, source, since, until, sort)
SELECT md5('person' || mod(number, %(people)s))::uuid, split_part(unit, '/', 1),
    CASE WHEN unit LIKE 'bif%%' THEN 'employment_case' ELSE 'social_case' END, unit, unit,
    date '2020-01-01' + (number * 7919 %% 2400)::int, CASE WHEN number %% 4 = 0 THEN date '2026-01-01' END,
    md5('name' || mod(number, %(people)s))
FROM (SELECT number, (%(units)s::text[])[1 + (hashtext('unit' || number)::bigint + 2147483648) %% %(each)s] AS unit
      FROM generate_series(1, %(cases)s) AS number) AS drawn
"""
GRANTS = """
INSERT INTO access_grant (person_key, ground, ref, units, username, categories, sources, valid_from, valid_to)
SELECT md5('person' || mod(number, %(people)s))::uuid, 'samtykke-deling', gen_random_uuid(), '{bif,sof}', '',
    %(categories)s, '{bif,sof}', now() - interval '1 year', now() + interval '1 year'
FROM generate_series(1, %(grants)s) AS number
"""

HOLDINGS = """
INSERT INTO ledger_holding (id, person_key, part, unit, since, ground, beside, recorded_by)
SELECT gen_random_uuid(), c.person_key, d.part, coalesce(d.stays, c.unit), now() - interval '1 year', 'lov', '', 'bench'
FROM (SELECT DISTINCT ON (person_key) person_key, unit FROM access_case WHERE kind = 'employment_case'
      ORDER BY person_key, since DESC) AS c
CROSS JOIN (VALUES ('forvaltningsansvar', 'bif'), ('sagsbehandleransvar', NULL), ('beskaeftigelsesindsats', NULL),
    ('ydelsesansvar', 'bif/ydelsesservice')) AS d (part, stays)
"""


@dataclass(frozen=True)
class Size:
    """How many citizens, cases and grants."""

    people: int = 50_000
    cases: int = 200_000
    grants: int = 40_000


def write(size: Size) -> None:
    """Fill the tables, and let the server look at them."""
    asked = {"units": EVERY, "each": len(EVERY), "categories": list(CATEGORIES), **vars(size)}
    with connections["owner"].cursor() as cursor:
        cursor.execute(VIEWERS, [EVERY])
        cursor.execute(CASES, asked)
        cursor.execute(GRANTS, asked)
        cursor.execute(HOLDINGS)
        cursor.execute("ANALYZE")


def questions(number: int, random: Random) -> list[Slice]:
    """Looks at citizens with cases on both sides, two in three with a consent, one in ten handed over, by staff of all units."""
    permissions = tuple(sorted(ROLES["caseworker"].permissions))
    nobody = Viewer("", permissions, "", "", "", 2, False, False, True, 0, LAST_DAY)
    found = []
    for each in range(number):
        unit, side = random.choice(EVERY), random.choice(["bif", "sof"])
        cases = tuple(sorted({unit, random.choice(UNITS[side])}))
        viewer = replace(nobody, username=f"u{each}", administration=unit.split("/")[0], unit=unit)
        consent = Basis("consent", str(UUID(int=each)), CATEGORIES, ("bif", "sof"), ("bif", "sof"), 0, ALWAYS)
        citizen = Citizen(str(UUID(int=each + 1_000_000)), cases, False, False, False)
        bases = (consent,) if each % 3 else ()
        duties = _duties(cases[-1] if each % 10 == 0 else cases[0], each)
        found.append(
            Slice(viewer, citizen, bases, "sagsbehandling", 20_000, 1_728_000_000_000, False, duties)
        )
    return found


def _duties(unit: str, number: int) -> tuple[Duty, ...]:
    """The four parts of a citizen, two of them with a unit."""
    held = dict(zip(PARTS, ("bif", unit, unit, "bif/ydelsesservice"), strict=True))
    return tuple(Duty(part, holder, "", f"{number} {part}") for part, holder in held.items())
