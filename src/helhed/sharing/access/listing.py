"""Lists of citizens: the database shows only those this viewer may meet for this purpose, and each name answered is decided
and logged on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.audit.appending import together
from helhed.audit.covering import choosing
from helhed.law import catalogue
from helhed.register import questions as register
from helhed.sharing import policy
from helhed.sharing.access import decisions
from helhed.sharing.access.seeing import seeing
from helhed.sharing.answers import NoAccess
from helhed.sharing.consent.models import Consent
from helhed.sharing.policy import BIF, BOTH, SOF

PAGE = 50
MOST_NAMED = 2000
SOON = timedelta(days=30)
WHO = ("identity", BOTH)
TELLING = {BIF: (("employment_case", BIF), ("benefit", BIF)), SOF: (("social_case", SOF), ("service", SOF))}
"""What of the other side is asked about to say whether it is open."""


@dataclass(frozen=True)
class CaseRow:
    """A citizen on the unit's list. `other_side`: "open" or "closed"; `consent_state`: "given", "requested" or ""."""

    person_key: UUID
    name: str
    age: int | None
    kind_label: str
    unit_label: str
    since: date
    other_side: str
    consent_state: str
    expires_soon: bool
    protected: bool


@dataclass(frozen=True)
class Page:
    """Fifty citizens, and how many there are on all pages together."""

    rows: tuple[CaseRow, ...]
    total: int


_VISIBLE = """
    SELECT asked FROM unnest(%(people)s::uuid[]) asked CROSS JOIN LATERAL
    (SELECT FROM access_case c WHERE c.person_key = asked {more} LIMIT 1) one
"""
VISIBLE = _VISIBLE.format(more="")
VISIBLE_IN_LINE = _VISIBLE.format(more="AND c.unit = ANY(%(line)s) AND c.side = %(side)s")
"""One case of each that may be seen is enough: what may be seen is asked about each case alone."""


def visible(people: Iterable[UUID], *, by: User, purpose: str, in_line: bool = False) -> set[UUID]:
    """Those of some citizens who have a case this viewer may see; `in_line`: one of the viewer's own unit line, which is
    looked up without a look at every other case."""
    asked, found = set(people), set[UUID]()
    with seeing(by, purpose), connection.cursor() as cursor:
        for query in (VISIBLE_IN_LINE,) if in_line else (VISIBLE_IN_LINE, VISIBLE):
            if left := list(asked - found):
                cursor.execute(query, {"people": left, "line": line_of(by.unit), "side": by.administration})
                found |= {key for (key,) in cursor.fetchall()}
    return found


def cases(*, by: User, purpose: str, language: str, text: str = "", page: int = 1) -> Page:
    """The citizens with an open case in the viewer's unit line, by name; with a text those whose names begin with its
    words. NoAccess for who may not find citizens."""
    if not by.may("citizen.find"):
        note(by=by, action="list", purpose=purpose, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til at søge efter borgere."))
    with transaction.atomic(), override(language):
        found, total = _on_page(by, purpose, text, page)
        return Page(_rows(found, by, purpose, language), total)


def line_of(unit: str) -> list[str]:
    """A unit with all above and below it in the catalogue: those whose cases are the unit's too."""
    return [unit, *(each for each in catalogue().units if each != unit and policy.same_line(each, unit))]


OPEN_CASES = """
FROM access_case WHERE unit = ANY(%(line)s) AND side = %(side)s AND since <= %(today)s
AND (until IS NULL OR until > %(today)s)
"""
IN_ORDER = " ORDER BY sort, person_key, since LIMIT %(most)s OFFSET %(before)s"


def _on_page(by: User, purpose: str, text: str, page: int) -> tuple[list[tuple[UUID, str, str, date]], int]:
    """The cases of one page, and how many citizens there are. Who is named is looked up first: the database looks at a
    name only after it has made sure that the viewer may see the row."""
    asked = {"line": line_of(by.unit), "side": by.administration, "today": timezone.localdate()}
    asked |= {"most": PAGE, "before": (max(page, 1) - 1) * PAGE}
    named = ""
    if text.strip():
        with choosing():
            asked["named"] = [row.key for row in register.find(text, MOST_NAMED)]
        named = " AND person_key = ANY(%(named)s::uuid[])"
    with seeing(by, purpose), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (sort, person_key) person_key, kind, unit, since {OPEN_CASES}{named}{IN_ORDER}",
            asked,
        )
        found = cursor.fetchall()
        if named:
            cursor.execute(f"SELECT count(DISTINCT person_key) {OPEN_CASES}{named}", asked)
        else:
            cursor.execute("SELECT access_number(%(line)s::text[], %(side)s)", asked)
        return found, cursor.fetchone()[0]


def _rows(
    found: list[tuple[UUID, str, str, date]], by: User, purpose: str, language: str
) -> tuple[CaseRow, ...]:
    people = register.persons_by_keys([key for key, *_rest in found])
    pairs = (WHO, *TELLING[policy.other(by.administration)])
    made = decisions.decide_each(people.values(), by=by, purpose=purpose, pairs=pairs)
    consents = _consents(people)
    rows, today = [], timezone.localdate()
    with together():
        for key, kind, unit, since in found:
            decision = made.get(key)
            if decision is None or not decision.allowed:
                continue
            note(
                by=by,
                action="list",
                person_key=key,
                purpose=purpose,
                ground=decision.ground(BOTH),
                fields={"identity", kind, "consent"},
                decision=decision.id,
            )
            row, (state, soon) = people[key], consents.get(key, ("", False))
            labels = catalogue().label("kind", kind, language), catalogue().called(unit, language)
            other = "open" if any(decision.full(*pair) for pair in pairs[1:]) else "closed"
            age = register.age_on(row.birth_date, today)
            rows.append(CaseRow(key, row.name, age, *labels, since, other, state, soon, row.protected))
    return tuple(rows)


def _consents(people: Iterable[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Where each one's consent to sharing stands: "given" with whether it ends within thirty days, or "requested"."""
    now = timezone.now()
    states: dict[UUID, tuple[str, bool]] = {}
    rows = Consent.objects.filter(
        person_key__in=list(people), kind="deling", state__in=["requested", "given"]
    )
    for key, state, end in rows.values_list("person_key", "state", "valid_to"):
        if state == "given" and (end is None or end > now):
            soon = end is not None and end - now <= SOON
            before = states.get(key, ("", True))
            states[key] = ("given", soon and (before[0] != "given" or before[1]))
        elif state == "requested":
            states.setdefault(key, ("requested", False))
    return states
