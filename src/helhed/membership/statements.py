"""The SQL of membership, each statement named by what it does. `counted` is the engine's fresh answer."""


def stored(everyone: bool, every_group: bool) -> str:
    """The spells that are known now, of everyone or some people, in every group or some."""
    people = "" if everyone else "AND s.person_id = ANY(%(people)s::bigint[])"
    groups = (
        ""
        if every_group
        else "AND s.version_id IN (SELECT id FROM membership_groupversion WHERE key = ANY(%(keys)s::text[]))"
    )
    return f"""
        SELECT s.id, s.person_id AS person, s.version_id AS version, s.certain, s.start - date '1970-01-01' AS start,
               coalesce(s."end" - date '1970-01-01', 2147483647) AS "end"
          FROM membership_spell s WHERE s.known_to IS NULL {people} {groups}
    """


CLOSE_WHAT_NO_LONGER_HOLDS = """
    UPDATE membership_spell s SET known_to = %(at)s FROM unnest(%(ids)s::bigint[]) outdated(id) WHERE s.id = outdated.id
"""

# The days after the last one seen up to `until`: a counting for each, with a change for each person and group whose standing
# is not that of the day before. Where one spell ends and another of the same value begins, the steps add up to nothing.
TURN_DAYS = """
    WITH edges AS (
        SELECT person_id, version_id, start AS day, 1 + certain::int AS step, 1 + certain::int AS begins
          FROM membership_spell WHERE known_to IS NULL AND start > %(seen)s AND start <= %(until)s
        UNION ALL
        SELECT person_id, version_id, "end", -1 - certain::int, 0
          FROM membership_spell WHERE known_to IS NULL AND "end" > %(seen)s AND "end" <= %(until)s
    ), moved AS (
        SELECT e.person_id, v.key, e.day, max(e.begins) AS begins
          FROM edges e JOIN membership_groupversion v ON v.id = e.version_id
         GROUP BY 1, 2, 3 HAVING sum(e.step) <> 0
    ), days AS (
        INSERT INTO membership_recount
               (at, day, cause, everyone, catalogue, people, spells_new, spells_closed)
        SELECT %(at)s, d::date, 'day', false, %(catalogue)s, count(DISTINCT m.person_id), 0, 0
          FROM generate_series(%(seen)s::date + 1, %(until)s::date, interval '1 day') d LEFT JOIN moved m ON m.day = d::date
         GROUP BY d ORDER BY d
        RETURNING id, day
    )
    INSERT INTO membership_change (recount_id, person_id, group_key, what, "on", found_at)
    SELECT days.id, m.person_id, m.key,
           CASE m.begins WHEN 2 THEN 'in' WHEN 1 THEN 'unsure' ELSE 'out' END, m.day, %(at)s
      FROM moved m JOIN days ON days.day = m.day
     ORDER BY days.id, m.person_id, m.key
"""

SIZES_ON = """
    WITH standing AS (
        SELECT s.person_id, v.key, s.certain
          FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
         WHERE s.known_from <= %(known)s AND (s.known_to IS NULL OR s.known_to > %(known)s)
           AND s.start <= %(day)s AND (s."end" IS NULL OR s."end" > %(day)s)
    ), shared AS (SELECT person_id FROM standing WHERE key = %(shared)s AND certain)
    SELECT key, count(*) FILTER (WHERE certain), count(*) FILTER (WHERE NOT certain),
           count(*) FILTER (WHERE certain AND EXISTS (SELECT FROM shared WHERE shared.person_id = standing.person_id))
      FROM standing GROUP BY key
"""

SPANS_OF_GROUP = """
    SELECT s.start, s."end" FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
     WHERE v.key = %(key)s AND s.certain AND s.known_to IS NULL
"""

SPELLS_OF_PERSON = """
    SELECT v.key, s.certain, s.start, s."end" FROM membership_spell s
      JOIN membership_groupversion v ON v.id = s.version_id
     WHERE s.person_id = %(person)s AND s.known_to IS NULL
     ORDER BY v.key, s.start
"""

MEMBERS_ON = """
    SELECT s.person_id FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
     WHERE v.key = %(key)s AND s.certain AND s.known_to IS NULL
       AND s.start <= %(day)s AND (s."end" IS NULL OR s."end" > %(day)s)
"""

# A person two others were merged into counts with the facts of all of them.
_MEMBERS_AND_THEIR_ROWS = """
    members AS (
        SELECT s.person_id FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
         WHERE v.key = %(key)s AND s.certain AND s.known_to IS NULL
           AND s.start <= %(day)s AND (s."end" IS NULL OR s."end" > %(day)s)
    ), rows AS (
        SELECT person_id, person_id AS row_of FROM members
        UNION ALL
        SELECT m.kept_id, m.gone_id FROM register_merge m JOIN members ON members.person_id = m.kept_id
         WHERE m.known_to IS NULL
    ), facts AS (
        SELECT rows.person_id, t.kind, t.code, u.key AS unit
          FROM rows
          JOIN register_fact f ON f.person_id = rows.row_of AND f.known_to IS NULL
           AND f.true_from <= %(day)s AND (f.true_to IS NULL OR f.true_to > %(day)s)
          JOIN register_term t ON t.id = f.term_id
          LEFT JOIN register_unit u ON u.id = f.unit_id
    )
"""

BREAKDOWN_BY_CODE = (
    "WITH"
    + _MEMBERS_AND_THEIR_ROWS
    + "SELECT code, count(DISTINCT person_id) FROM facts WHERE kind = %(kind)s GROUP BY code"
)

BREAKDOWN_BY_UNIT = (
    "WITH"
    + _MEMBERS_AND_THEIR_ROWS
    + """SELECT unit, count(DISTINCT person_id) FROM facts
          WHERE kind = %(kind)s AND (%(code)s = '' OR code = %(code)s) AND unit IS NOT NULL GROUP BY unit"""
)

# The units where the members' cases stand: their own primary social case, or the case of a child of theirs.
_CASES = """
    , child_cases AS (
        SELECT DISTINCT rows.person_id, u.key AS unit
          FROM rows
          JOIN register_relation r ON r.parent_id = rows.row_of AND r.known_to IS NULL
           AND r.true_from <= %(day)s AND (r.true_to IS NULL OR r.true_to > %(day)s)
          JOIN register_fact f ON f.person_id = r.child_id AND f.known_to IS NULL
           AND f.true_from <= %(day)s AND (f.true_to IS NULL OR f.true_to > %(day)s)
          JOIN register_term t ON t.id = f.term_id AND t.kind = 'child_case'
          JOIN register_unit u ON u.id = f.unit_id
    ), cases AS (
        SELECT person_id, unit FROM facts WHERE kind = 'social_case' AND code = 'primaer' AND unit IS NOT NULL
        UNION SELECT person_id, unit FROM child_cases
    )
"""

CHILD_CASE_BY_UNIT = (
    "WITH" + _MEMBERS_AND_THEIR_ROWS + _CASES + "SELECT unit, count(*) FROM child_cases GROUP BY unit"
)

BENEFIT_BY_UNIT = (
    "WITH"
    + _MEMBERS_AND_THEIR_ROWS
    + _CASES
    + """SELECT c.unit, b.code, count(DISTINCT c.person_id)
           FROM cases c JOIN facts b ON b.person_id = c.person_id AND b.kind = 'benefit'
          GROUP BY 1, 2"""
)

SIZE_OF_GROUP = """
    SELECT count(*) FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
     WHERE v.key = %(key)s AND s.certain AND s.known_to IS NULL
       AND s.start <= %(day)s AND (s."end" IS NULL OR s."end" > %(day)s)
"""

# All current spells; days since 1970-01-01, no end the largest number.
ALL_SPELLS = """
    SELECT version_id AS version, person_id AS person, certain, start - date '1970-01-01' AS start,
           coalesce("end" - date '1970-01-01', 2147483647) AS "end"
      FROM membership_spell WHERE known_to IS NULL
"""
