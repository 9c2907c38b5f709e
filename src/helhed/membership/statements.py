"""The SQL of membership, each statement named by what it does. `counted` is the engine's fresh answer."""

MAKE_COUNTED = """
    CREATE TEMP TABLE counted (
        group_key text NOT NULL, person_id bigint NOT NULL, certain boolean NOT NULL,
        start date NOT NULL, "end" date
    ) ON COMMIT DROP
"""

# Where only some people are counted, the statements that take {whom} look at their rows alone.
EVERYONE = ""
THESE_PEOPLE = "AND s.person_id = ANY(%(people)s)"

FILL_COUNTED = 'COPY counted (group_key, person_id, certain, start, "end") FROM STDIN (FORMAT csv)'

# A spell that runs across two versions of a group is cut where one version gives way to the next.
CUT_BY_VERSION = """
    CREATE TEMP TABLE fresh ON COMMIT DROP AS
    SELECT c.person_id, v.id AS version_id, c.certain,
           greatest(c.start, v.valid_from) AS start, least(c."end", v.valid_to) AS "end"
      FROM counted c
      JOIN membership_groupversion v ON v.key = c.group_key AND v.current
       AND c.start < coalesce(v.valid_to, 'infinity') AND coalesce(c."end", 'infinity') > v.valid_from
"""

INDEX_FRESH = "CREATE INDEX ON fresh (person_id, version_id, start)"
ANALYZE_FRESH = "ANALYZE fresh"

CLOSE_WHAT_NO_LONGER_HOLDS = """
    UPDATE membership_spell s SET known_to = %(at)s
     WHERE s.known_to IS NULL {whom}
       AND NOT EXISTS (
            SELECT FROM fresh f
             WHERE f.person_id = s.person_id AND f.version_id = s.version_id AND f.start = s.start
               AND f.certain = s.certain AND f."end" IS NOT DISTINCT FROM s."end")
"""

ADD_WHAT_IS_NEW = """
    INSERT INTO membership_spell (person_id, version_id, certain, start, "end", known_from)
    SELECT f.person_id, f.version_id, f.certain, f.start, f."end", %(at)s
      FROM fresh f
     WHERE NOT EXISTS (
            SELECT FROM membership_spell s
             WHERE s.known_to IS NULL {whom} AND s.person_id = f.person_id AND s.version_id = f.version_id
               AND s.start = f.start AND s.certain = f.certain AND s."end" IS NOT DISTINCT FROM f."end")
     ORDER BY f.person_id, f.version_id, f.start
"""

# One row per person and group whose spells this recount touched: the standing on the day before and after.
WRITE_CHANGES = """
    WITH touched AS (
        SELECT s.person_id, v.key, min(s.start) AS first
          FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
         WHERE (s.known_from = %(at)s OR s.known_to = %(at)s) {whom}
         GROUP BY 1, 2
    ), standing AS (
        SELECT t.person_id, t.key, t.first,
               (SELECT s.certain FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
                 WHERE s.person_id = t.person_id AND v.key = t.key AND s.known_from < %(at)s
                   AND (s.known_to IS NULL OR s.known_to = %(at)s)
                   AND s.start <= %(day)s AND coalesce(s."end", 'infinity') > %(day)s LIMIT 1) AS before,
               after.certain AS after, after.start AS since,
               (SELECT max(s."end") FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
                 WHERE s.person_id = t.person_id AND v.key = t.key AND s.known_to IS NULL
                   AND s."end" <= %(day)s) AS ended
          FROM touched t
          LEFT JOIN LATERAL (
               SELECT s.certain, s.start FROM membership_spell s
                 JOIN membership_groupversion v ON v.id = s.version_id
                WHERE s.person_id = t.person_id AND v.key = t.key AND s.known_to IS NULL
                  AND s.start <= %(day)s AND coalesce(s."end", 'infinity') > %(day)s LIMIT 1) after ON true
    )
    INSERT INTO membership_change (recount_id, person_id, group_key, what, "on", found_at)
    SELECT %(recount)s, person_id, key,
           CASE WHEN before IS NOT DISTINCT FROM after THEN 'corrected'
                WHEN after THEN 'in' WHEN after IS NULL THEN 'out' ELSE 'unsure' END,
           CASE WHEN before IS NOT DISTINCT FROM after THEN first
                WHEN after IS NULL THEN coalesce(ended, %(day)s) ELSE since END,
           %(at)s
      FROM standing
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

# All current spells as whole numbers: value 1 unknown, 2 true; days since 1970-01-01, no end the largest number.
ALL_SPELLS = """
    COPY (SELECT version_id, person_id, 1 + certain::int, start - date '1970-01-01',
                 coalesce("end" - date '1970-01-01', 2147483647)
            FROM membership_spell WHERE known_to IS NULL) TO STDOUT (FORMAT csv)
"""
