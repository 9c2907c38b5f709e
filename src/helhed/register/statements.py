"""The SQL behind questions.py. A person who is merged into another at the moment asked for is read as that other."""

DAY_0 = "date '1970-01-01'"
OPEN = 2147483647


def known(alias: str) -> str:
    """That a version is known at the moment asked for; no moment asks for what is known now."""
    return (
        f"(CASE WHEN %(as_of)s::timestamptz IS NULL THEN {alias}.known_to IS NULL "
        f"ELSE {alias}.known_from <= %(as_of)s::timestamptz "
        f"AND coalesce({alias}.known_to > %(as_of)s::timestamptz, true) END)"
    )


def danish(column: str) -> str:
    """A name as it is sorted and searched; the same expression as the index has."""
    return f"(translate(lower({column}), 'æøåäö', '{{|}}{{|')) COLLATE \"C\""


def day(column: str, null: str = "") -> str:
    """A date as days since 1970."""
    number = f"({column} - {DAY_0})"
    return f"coalesce({number}, {null})" if null else number


MERGED = f"SELECT gone_id, kept_id FROM register_merge merge WHERE {known('merge')}"

READ_AS_THESE = f"SELECT gone_id FROM ({MERGED}) merged WHERE kept_id = ANY(%(people)s::bigint[])"


def within(column: str, *, everyone: bool) -> str:
    """That a person is among those asked for."""
    return "true" if everyone else f"{column} = ANY(%(people)s::bigint[])"


def people(*, everyone: bool) -> str:
    """Persons and birth dates. The source that comes first decides; what a source has dropped, only if nothing else is left."""
    return f"""
        WITH merged AS ({MERGED}), said AS (
            SELECT DISTINCT ON (1) coalesce(merged.kept_id, detail.person_id) AS person, {day("detail.birth_date")} AS birth
            FROM register_persondetail detail
            JOIN register_sourcetable source_table ON source_table.id = detail.table_id
            JOIN register_source source ON source.id = source_table.source_id
            LEFT JOIN merged ON merged.gone_id = detail.person_id
            WHERE detail.birth_date IS NOT NULL AND {within("detail.person_id", everyone=everyone)}
              AND coalesce(detail.known_from <= %(as_of)s::timestamptz, true)
            ORDER BY 1, {known("detail")} DESC, merged.kept_id IS NOT NULL, source.priority, detail.known_from DESC
        )
        SELECT person.id AS person, coalesce(said.birth, {OPEN}) AS birth
        FROM register_person person LEFT JOIN said ON said.person = person.id
        WHERE {within("person.id", everyone=everyone)} AND coalesce(person.created <= %(as_of)s::timestamptz, true)
          AND NOT EXISTS (SELECT 1 FROM merged WHERE merged.gone_id = person.id)
    """


def spells(*, everyone: bool) -> str:
    """Facts as small numbers: person, term, unit (0 = none), start, end (OPEN = open)."""
    return f"""
        SELECT coalesce(merged.kept_id, fact.person_id) AS person, fact.term_id AS term,
               coalesce(fact.unit_id, 0::smallint) AS unit, {day("fact.true_from")} AS start,
               {day("fact.true_to", str(OPEN))} AS "end"
        FROM register_fact fact LEFT JOIN ({MERGED}) merged ON merged.gone_id = fact.person_id
        WHERE {known("fact")} AND {within("fact.person_id", everyone=everyone)}
    """


def relations(*, everyone: bool) -> str:
    """Parents and children, both among those asked for."""
    return f"""
        WITH merged AS ({MERGED}), related AS (
            SELECT coalesce(up.kept_id, relation.parent_id) AS parent, coalesce(down.kept_id, relation.child_id) AS child,
                   {day("relation.true_from")} AS start, {day("relation.true_to", str(OPEN))} AS "end"
            FROM register_relation relation
            LEFT JOIN merged up ON up.gone_id = relation.parent_id
            LEFT JOIN merged down ON down.gone_id = relation.child_id
            WHERE {known("relation")} AND {within("relation.parent_id", everyone=everyone)}
              AND {within("relation.child_id", everyone=everyone)}
        )
        SELECT * FROM related WHERE parent <> child
    """


_FACTS = f"""
    SELECT coalesce(merged.kept_id, fact.person_id), term.kind, term.code, coalesce(unit.key, ''),
           fact.true_from, fact.true_to, fact.amount_oere, source.key, source.administration, source_table.name, fact.source_key, fact.known_from,
           file.delivery_id, file.name, fact.line
    FROM register_fact fact
    JOIN register_term term ON term.id = fact.term_id
    LEFT JOIN register_unit unit ON unit.id = fact.unit_id
    JOIN register_sourcetable source_table ON source_table.id = fact.table_id
    JOIN register_source source ON source.id = source_table.source_id
    JOIN register_deliveryfile file ON file.id = fact.file_id
    LEFT JOIN ({MERGED}) merged ON merged.gone_id = fact.person_id
    WHERE {within("fact.person_id", everyone=False)} AND {known("fact")}
"""
_IN_ORDER = "ORDER BY fact.true_from, term.kind, term.code, fact.id"
FACTS_OF = _FACTS + _IN_ORDER
FACTS_OF_KINDS = f"{_FACTS} AND term.kind = ANY(%(kinds)s::text[]) {_IN_ORDER}"

FACTS_OF_KIND = f"""
    SELECT person.key, term.code, fact.true_from, fact.true_to, source.key, source_table.name, fact.source_key
    FROM register_fact fact
    JOIN register_term term ON term.id = fact.term_id
    JOIN register_sourcetable source_table ON source_table.id = fact.table_id
    JOIN register_source source ON source.id = source_table.source_id
    LEFT JOIN ({MERGED}) merged ON merged.gone_id = fact.person_id
    JOIN register_person person ON person.id = coalesce(merged.kept_id, fact.person_id)
    WHERE term.kind = %(kind)s AND {known("fact")}
    ORDER BY source.key, source_table.name, fact.source_key
"""

NUMBER_OF_PEOPLE = """
    SELECT (SELECT count(*) FROM register_person) - (SELECT count(*) FROM register_merge WHERE known_to IS NULL)
"""

CHILDREN_OF = f"""
    SELECT DISTINCT coalesce(merged.kept_id, relation.child_id)
    FROM register_relation relation LEFT JOIN ({MERGED}) merged ON merged.gone_id = relation.child_id
    WHERE {within("relation.parent_id", everyone=False)} AND {known("relation")}
      AND relation.true_from <= %(on)s AND coalesce(relation.true_to > %(on)s, true)
    ORDER BY 1
"""

CHILDREN_OF_EACH = f"""
    SELECT DISTINCT coalesce(up.kept_id, relation.parent_id), coalesce(down.kept_id, relation.child_id)
    FROM register_relation relation
    LEFT JOIN ({MERGED}) up ON up.gone_id = relation.parent_id
    LEFT JOIN ({MERGED}) down ON down.gone_id = relation.child_id
    WHERE {within("relation.parent_id", everyone=False)} AND {known("relation")}
      AND relation.true_from <= %(on)s AND coalesce(relation.true_to > %(on)s, true)
    ORDER BY 1, 2
"""

CHILDREN_AT_ANY_TIME = f"""
    SELECT coalesce(merged.kept_id, relation.child_id), relation.true_from, relation.true_to
    FROM register_relation relation LEFT JOIN ({MERGED}) merged ON merged.gone_id = relation.child_id
    WHERE {within("relation.parent_id", everyone=False)} AND {known("relation")}
      AND coalesce(merged.kept_id, relation.child_id) <> ALL(%(people)s::bigint[])
    ORDER BY 1, 2
"""

TIES_OF_EACH = f"""
    WITH merged AS ({MERGED}), related AS (
        SELECT coalesce(up.kept_id, relation.parent_id) AS parent, coalesce(down.kept_id, relation.child_id) AS child,
               relation.true_from, relation.true_to
        FROM register_relation relation
        LEFT JOIN merged up ON up.gone_id = relation.parent_id
        LEFT JOIN merged down ON down.gone_id = relation.child_id
        WHERE {known("relation")} AND (relation.parent_id = ANY(%(people)s::bigint[])
              OR relation.child_id = ANY(%(people)s::bigint[]))
    )
    SELECT DISTINCT parent, child, true_from, true_to FROM related WHERE parent <> child
    ORDER BY parent, child, true_from
"""

COMPLETE_UNTIL = """
    SELECT coalesce(
        (SELECT min(least(received_at, created)) - interval '1 microsecond' FROM register_delivery
          WHERE status = 'running'),
        (SELECT max(received_at) FROM register_delivery WHERE status = 'received' AND received_at > clock_timestamp()),
        clock_timestamp()
    )
"""

_SAME = """
    SELECT detail.*, source.key AS source, source.label_da, source.label_en, source.priority
    FROM register_persondetail detail
    JOIN register_sourcetable source_table ON source_table.id = detail.table_id
    JOIN register_source source ON source.id = source_table.source_id
    WHERE detail.known_to IS NULL AND detail.person_id IN (
        SELECT %(person)s UNION ALL
        SELECT gone_id FROM register_merge WHERE kept_id = %(person)s AND known_to IS NULL)
"""

CONTACT_OF = f"""
    WITH said AS ({_SAME})
    SELECT coalesce((SELECT address FROM said WHERE address <> '' ORDER BY priority, known_from DESC LIMIT 1), ''),
           coalesce((SELECT phone FROM said WHERE phone <> '' ORDER BY priority, known_from DESC LIMIT 1), '')
"""

SOURCES_OF_EACH = f"""
    SELECT coalesce(merged.kept_id, detail.person_id), source.key, source.label_da, source.label_en
    FROM register_persondetail detail LEFT JOIN ({MERGED}) merged ON merged.gone_id = detail.person_id
    JOIN register_sourcetable source_table ON source_table.id = detail.table_id
    JOIN register_source source ON source.id = source_table.source_id
    WHERE detail.known_to IS NULL AND {within("detail.person_id", everyone=False)}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, min(source.priority)
"""

ALIKE_TO_EACH = f"""
    WITH merged AS ({MERGED}), alike AS (
        SELECT DISTINCT coalesce(mine.kept_id, said.person_id) AS person, coalesce(theirs.kept_id, other.person_id) AS other
        FROM register_persondetail said JOIN register_persondetail other
          ON {danish("other.family_name")} = {danish("said.family_name")}
         AND {danish("other.given_name")} = {danish("said.given_name")} AND other.birth_date = said.birth_date
        LEFT JOIN merged mine ON mine.gone_id = said.person_id LEFT JOIN merged theirs ON theirs.gone_id = other.person_id
        WHERE said.known_to IS NULL AND other.known_to IS NULL AND said.family_name <> ''
          AND {within("said.person_id", everyone=False)}
    )
    SELECT person, other FROM alike WHERE person <> other ORDER BY 1, 2
"""

TIES = """
    SELECT parent_id AS one, child_id AS other FROM register_relation WHERE known_to IS NULL
    UNION ALL
    SELECT gone_id, kept_id FROM register_merge WHERE known_to IS NULL
"""


def named(words: int) -> str:
    """The first persons, in order of name, whose names hold all the words; one word at least begins the family or the
    given name (so an index serves)."""
    family, given = danish("detail.family_name"), danish("detail.given_name")
    begins = " OR ".join(f"{name} LIKE %(first{i})s" for name in (family, given) for i in range(words))
    holds = " AND ".join(
        "("
        + " OR ".join(f"{name} LIKE %(first{i})s OR {name} LIKE %(later{i})s" for name in (family, given))
        + ")"
        for i in range(words)
    )
    return f"""
        SELECT detail.person_id AS id FROM register_persondetail detail
        WHERE detail.known_to IS NULL AND ({begins}) AND {holds}
        GROUP BY detail.person_id ORDER BY min({family}), min({given}), detail.person_id LIMIT %(limit)s
    """


def persons_of(query: str) -> str:
    """Who the persons are whose ids a query answers, in Danish order of their names."""
    return f"""
        WITH asked AS ({query}), standing AS (
            SELECT DISTINCT coalesce(merge.kept_id, asked.id) AS id
            FROM asked LEFT JOIN register_merge merge ON merge.gone_id = asked.id AND merge.known_to IS NULL
        ), same AS (
            SELECT id, id AS person_id FROM standing
            UNION ALL
            SELECT standing.id, merge.gone_id FROM standing
            JOIN register_merge merge ON merge.kept_id = standing.id AND merge.known_to IS NULL
        ), called AS (
            SELECT DISTINCT ON (same.id) same.id, detail.given_name, detail.family_name, detail.birth_date,
                   bool_or(detail.protected AND detail.known_to IS NULL) OVER (PARTITION BY same.id) AS protected
            FROM same JOIN register_persondetail detail ON detail.person_id = same.person_id
            JOIN register_sourcetable source_table ON source_table.id = detail.table_id
            JOIN register_source source ON source.id = source_table.source_id
            ORDER BY same.id, detail.known_to IS NOT NULL, detail.given_name || detail.family_name = '',
                     source.priority, detail.known_from DESC
        ), numbered AS (
            SELECT DISTINCT ON (standing.id) standing.id, identifier.value
            FROM standing JOIN register_identifier identifier ON identifier.person_id = standing.id
            WHERE identifier.known_to IS NULL
            ORDER BY standing.id, identifier.valid_to IS NULL DESC, identifier.valid_to DESC, identifier.kind,
                     identifier.valid_from DESC NULLS LAST
        )
        SELECT person.id, person.key, coalesce(called.given_name, ''), coalesce(called.family_name, ''),
               called.birth_date, numbered.value, coalesce(called.protected, false)
        FROM standing JOIN register_person person ON person.id = standing.id
        LEFT JOIN called ON called.id = person.id LEFT JOIN numbered ON numbered.id = person.id
        ORDER BY {danish("called.family_name")}, {danish("called.given_name")}, person.id LIMIT %(limit)s
    """
