"""Fifty of a unit's citizens out of all cases, at the database: by the function of the rows' own policy, and the same
question with its conditions written out, and with a policy made of subqueries."""

from datetime import date
from random import Random

from django.db import connection, connections

from helhed.accounts.models import User
from helhed.commands.hatch_bench.deciding import timed
from helhed.commands.hatch_bench.people import EVERY
from helhed.sharing.access.listing import line_of
from helhed.sharing.access.seeing import TOLD

PAGE = """
SELECT DISTINCT ON (sort, person_key) person_key, kind, unit, since FROM {table} c
WHERE unit = ANY(%(line)s) AND side = %(side)s AND since <= %(today)s AND (until IS NULL OR until > %(today)s) {more}
ORDER BY sort, person_key, since LIMIT 50 OFFSET %(before)s
"""
WRITTEN_OUT = """
AND NOT EXISTS (SELECT FROM access_shield s WHERE s.person_key = c.person_key AND s.ended_at IS NULL)
AND EXISTS (SELECT FROM accounts_user v WHERE v.username = %(viewer)s AND v.is_active AND v.clearance >= 1
    AND v.appointed_from <= %(today)s AND coalesce(%(today)s < v.appointed_to, true))
"""
PEERS = """
CREATE TABLE bench_plain (LIKE access_case INCLUDING ALL);
INSERT INTO bench_plain SELECT * FROM access_case;
CREATE TABLE bench_exists (LIKE access_case INCLUDING ALL);
INSERT INTO bench_exists SELECT * FROM access_case;
ALTER TABLE bench_exists ENABLE ROW LEVEL SECURITY;
ALTER TABLE bench_exists FORCE ROW LEVEL SECURITY;
CREATE POLICY bench_seen ON bench_exists FOR SELECT TO helhed_web USING (EXISTS (
    SELECT FROM accounts_user v WHERE v.username = current_setting('helhed.viewer', true) AND v.is_active
    AND v.role = 'caseworker' AND v.appointed_from <= current_date AND coalesce(current_date < v.appointed_to, true)
    AND v.clearance >= CASE kind WHEN 'child_case' THEN 2 ELSE 1 END
    AND (v.vip OR NOT EXISTS (SELECT FROM access_shield s WHERE s.person_key = bench_exists.person_key
        AND s.ended_at IS NULL))
    AND EXISTS (SELECT FROM bench_plain o WHERE o.person_key = bench_exists.person_key AND o.since <= current_date
        AND coalesce(current_date < o.until, true) AND access_same_line(o.unit, v.unit))
    AND (side = v.administration OR EXISTS (SELECT FROM access_grant g WHERE g.person_key = bench_exists.person_key
        AND g.valid_from <= now() AND coalesce(now() < g.valid_to, true) AND kind = ANY (g.categories)
        AND access_below(v.unit, g.units) AND access_below(bench_exists.unit, g.sources)))));
GRANT SELECT ON bench_plain, bench_exists, access_grant TO helhed_web;
ANALYZE;
"""
FORMS = {
    "rls": PAGE.format(table="access_case", more=""),
    "exists": PAGE.format(table="bench_exists", more=""),
    "where": PAGE.format(table="bench_plain", more=WRITTEN_OUT),
}


def make_peers() -> None:
    """The same rows twice more: without a policy, and with one made of subqueries."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(PEERS)


def pages(times: int, random: Random) -> dict[str, list[float]]:
    """The seconds of each page by form, shortest first: units and pages drawn, the same for each form."""
    drawn = [(random.randrange(len(EVERY)), random.choice([0, 0, 0, 50, 100])) for _ in range(times)]
    people = {user.username: user for user in User.objects.filter(username__startswith="bench-")}
    asked = [(people[f"bench-{unit + 1}"], before) for unit, before in drawn]
    return {
        form: timed([lambda u=user, b=before, q=query: _page(u, b, q) for user, before in asked])
        for form, query in FORMS.items()
    }


def same(random: Random, times: int = 20) -> bool:
    """Whether the three forms answer the same rows."""
    people = list(User.objects.filter(username__startswith="bench-"))
    return all(
        len({tuple(_page(user, before, query)) for query in FORMS.values()}) == 1
        for user, before in ((random.choice(people), random.choice([0, 50])) for _ in range(times))
    )


def _page(user: User, before: int, query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [user.username, "sagsbehandling", "no"])
        asked = {"line": line_of(user.unit), "side": user.administration, "today": date.today()}
        cursor.execute(query, asked | {"before": before, "viewer": user.username})
        return cursor.fetchall()
