"""The ledger decides where an employment case lies: with who holds the casework, once that has moved. The moment it moves,
the cases of the old unit are the new unit's; and whoever holds a part that carries employment cases sees them.

`side` of a case is now the side whose list it stands on, `source` the unit the information comes from.
"""

from django.db import migrations, models

SIGHT = """
DROP POLICY access_case_seen ON access_case;
-- Dear: the planner then looks at the fewest rows that a list needs, in their order, instead of at all of a unit's.
CREATE OR REPLACE FUNCTION access_may_see(asked uuid, side text, kind text, unit text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 20000 SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    purpose text := current_setting('helhed.purpose', true);
    moment timestamptz := clock_timestamp();
    today date := (moment AT TIME ZONE 'Europe/Copenhagen')::date;
    viewer accounts_user;
    beyond boolean;
BEGIN
    SELECT * INTO viewer FROM accounts_user u
    WHERE u.username = current_setting('helhed.viewer', true) AND u.is_active
      AND u.appointed_from <= today AND (u.appointed_to IS NULL OR today < u.appointed_to);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF viewer.role = 'citizen' THEN
        RETURN purpose = 'egen-indsigt' AND viewer.person_key = asked;
    END IF;
    IF viewer.role = 'representative' THEN
        RETURN purpose = 'repraesentation' AND EXISTS (
            SELECT FROM access_grant g WHERE g.person_key = asked AND g.ground = 'fuldmagt'
            AND g.username = viewer.username AND g.valid_from <= moment AND moment < g.valid_to);
    END IF;
    IF viewer.role <> 'caseworker' OR viewer.clearance < (CASE kind WHEN 'child_case' THEN 2 ELSE 1 END) THEN
        RETURN false;
    END IF;
    IF NOT viewer.vip
        AND EXISTS (SELECT FROM access_shield s WHERE s.person_key = asked AND s.ended_at IS NULL) THEN
        RETURN false;
    END IF;
    beyond := side <> viewer.administration;
    IF beyond AND (coalesce(current_setting('helhed.paused', true), '') <> 'no'
        OR EXISTS (SELECT FROM safeguards_embargo e WHERE e.person_key = asked AND e.lifted_at IS NULL)) THEN
        RETURN false;
    END IF;
    IF purpose = 'noedadgang' THEN
        RETURN EXISTS (
            SELECT FROM access_grant g WHERE g.person_key = asked AND g.ground = 'noedadgang'
            AND g.username = viewer.username AND g.valid_from <= moment AND moment < g.valid_to);
    END IF;
    IF purpose NOT IN ('sagsbehandling', 'koordinering') OR viewer.unit = '' THEN
        RETURN false;
    END IF;
    -- Ground ansvar: whoever holds a part that carries employment cases, while one runs or the part lies outside bif.
    IF kind = 'employment_case' AND EXISTS (
        SELECT FROM ledger_holding h WHERE h.person_key = asked AND h.until IS NULL
        AND h.part IN ('sagsbehandleransvar', 'beskaeftigelsesindsats') AND access_same_line(h.unit, viewer.unit)
        AND (split_part(h.unit, '/', 1) <> 'bif' OR EXISTS (
            SELECT FROM access_case c WHERE c.person_key = asked AND c.kind = 'employment_case' AND c.since <= today
            AND (c.until IS NULL OR today < c.until)))) THEN
        RETURN true;
    END IF;
    IF NOT EXISTS (
        SELECT FROM access_case c WHERE c.person_key = asked AND c.since <= today
        AND (c.until IS NULL OR today < c.until) AND access_same_line(c.unit, viewer.unit)) THEN
        RETURN false;
    END IF;
    RETURN NOT beyond OR EXISTS (
        SELECT FROM access_grant g WHERE g.person_key = asked AND g.ground = 'samtykke-deling'
        AND g.valid_from <= moment AND (g.valid_to IS NULL OR moment < g.valid_to)
        AND kind = ANY (g.categories) AND access_below(viewer.unit, g.units) AND access_below(unit, g.sources));
END $$;


-- How many citizens have an open case in these units: a number for the head of a list, without a look at each.
CREATE OR REPLACE FUNCTION access_number(units text[], of_side text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT count(DISTINCT c.person_key) FROM access_case c
    JOIN accounts_user v ON v.username = current_setting('helhed.viewer', true)
    WHERE c.unit = ANY (units) AND c.side = of_side
      AND c.since <= (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date
      AND (c.until IS NULL OR c.until > (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date)
      AND v.clearance >= CASE c.kind WHEN 'child_case' THEN 2 ELSE 1 END
      AND (v.vip OR NOT EXISTS (SELECT FROM access_shield s WHERE s.person_key = c.person_key AND s.ended_at IS NULL))
      AND (c.kind <> 'employment_case' OR c.side = 'bif' OR (current_setting('helhed.paused', true) = 'no'
          AND NOT EXISTS (SELECT FROM safeguards_embargo e WHERE e.person_key = c.person_key AND e.lifted_at IS NULL)))
$$;


CREATE POLICY access_case_seen ON access_case FOR SELECT TO helhed_web USING (access_may_see(
    person_key, CASE kind WHEN 'employment_case' THEN 'bif' ELSE 'sof' END, kind, source));
"""

CASES = """
CREATE OR REPLACE FUNCTION access_refresh(asked bigint[], units text[], held text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    everyone boolean := asked IS NULL;
    touched bigint[];
    written integer;
BEGIN
    -- One at a time: two that derive the same person's cases would write them twice.
    PERFORM pg_advisory_xact_lock(hashtext('access_refresh'));
    IF everyone THEN
        -- Everyone is derived after a first, large delivery; the server has not looked at those rows by itself yet.
        ANALYZE (SKIP_LOCKED) register_fact, register_relation, register_merge, register_term, register_persondetail, register_person;
        DELETE FROM access_case;
    ELSE
        -- Those asked for, their parents, and everyone read as one of them.
        WITH merged AS (SELECT gone_id, kept_id FROM register_merge WHERE known_to IS NULL),
        own AS (
            SELECT unnest(asked) AS id
            UNION SELECT kept_id FROM register_merge WHERE gone_id = ANY (asked)
            UNION SELECT gone_id FROM register_merge WHERE kept_id = ANY (asked)
        ), wider AS (
            SELECT id FROM own UNION SELECT r.parent_id FROM register_relation r JOIN own ON own.id = r.child_id
        )
        SELECT array_agg(DISTINCT id) INTO touched FROM (
            SELECT id FROM wider
            UNION SELECT m.kept_id FROM merged m JOIN wider ON wider.id = m.gone_id
            UNION SELECT m.gone_id FROM merged m JOIN wider ON wider.id = m.kept_id
            UNION SELECT others.gone_id FROM merged m JOIN wider ON wider.id = m.gone_id
                JOIN merged others ON others.kept_id = m.kept_id
        ) all_of_them;
        DELETE FROM access_case USING register_person p
            WHERE p.id = ANY (touched) AND access_case.person_key = p.key;
    END IF;
    WITH merged AS (SELECT gone_id, kept_id FROM register_merge WHERE known_to IS NULL),
    holders AS (SELECT * FROM unnest(units, held) AS h (unit, holder)),
    related AS (
        SELECT coalesce(up.kept_id, r.parent_id) AS parent, r.child_id, r.true_from, r.true_to
        FROM register_relation r LEFT JOIN merged up ON up.gone_id = r.parent_id
        WHERE r.known_to IS NULL AND (everyone OR r.parent_id = ANY (touched))
    ),
    children AS (
        SELECT related.parent, f.unit_id, greatest(f.true_from, related.true_from) AS since,
               least(f.true_to, related.true_to) AS until
        FROM related
        LEFT JOIN merged down ON down.gone_id = related.child_id
        JOIN LATERAL (
            SELECT coalesce(down.kept_id, related.child_id) AS id
            UNION SELECT m.gone_id FROM merged m WHERE m.kept_id = coalesce(down.kept_id, related.child_id)
        ) child ON true
        JOIN register_fact f ON f.person_id = child.id AND f.known_to IS NULL
        JOIN register_term t ON t.id = f.term_id AND t.kind = 'child_case'
        WHERE related.parent <> coalesce(down.kept_id, related.child_id)
    ),
    told AS (
        SELECT coalesce(m.kept_id, f.person_id) AS person, t.kind, f.unit_id, f.true_from AS since, f.true_to AS until
        FROM register_fact f
        JOIN register_term t ON t.id = f.term_id AND t.kind IN ('employment_case', 'social_case', 'child_case')
        LEFT JOIN merged m ON m.gone_id = f.person_id
        WHERE f.known_to IS NULL AND (everyone OR f.person_id = ANY (touched))
        UNION ALL
        SELECT parent, 'child_case', unit_id, since, until FROM children WHERE until IS NULL OR since < until
    ),
    sided AS (
        SELECT told.*, CASE kind WHEN 'employment_case' THEN 'bif' ELSE 'sof' END AS side,
               coalesce(u.key, '') AS unit
        FROM told LEFT JOIN register_unit u ON u.id = told.unit_id
    ),
    placed AS (
        SELECT DISTINCT person, kind, side, since, until,
            CASE WHEN split_part(coalesce(h.holder, sided.unit), '/', 1) = side
                THEN coalesce(h.holder, sided.unit) ELSE side END AS unit
        FROM sided LEFT JOIN holders h ON h.unit = sided.unit
    ),
    called AS (
        SELECT DISTINCT ON (1) coalesce(m.kept_id, d.person_id) AS person,
            left(translate(lower(d.family_name || ' ' || d.given_name), 'æøåäö', '{|}{|'), 250) AS sort
        FROM register_persondetail d
        JOIN register_sourcetable st ON st.id = d.table_id JOIN register_source s ON s.id = st.source_id
        LEFT JOIN merged m ON m.gone_id = d.person_id
        WHERE everyone OR d.person_id = ANY (touched)
        ORDER BY 1, d.known_to IS NOT NULL, d.given_name || d.family_name = '', s.priority, d.known_from DESC
    )
    INSERT INTO access_case (person_key, side, kind, unit, source, since, until, sort)
    SELECT p.key, coalesce(split_part(h.unit, '/', 1), placed.side), placed.kind, coalesce(h.unit, placed.unit), placed.unit,
        placed.since, placed.until, coalesce(called.sort, '')
    FROM placed JOIN register_person p ON p.id = placed.person LEFT JOIN called ON called.person = placed.person
    LEFT JOIN ledger_holding h ON placed.kind = 'employment_case' AND h.person_key = p.key AND h.until IS NULL
        AND h.part = 'sagsbehandleransvar' AND h.ground NOT IN ('lov', 'fagsystem');
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END $$;

CREATE FUNCTION access_case_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    WITH lies AS (
        SELECT person_key, CASE WHEN ground NOT IN ('lov', 'fagsystem') THEN unit END AS unit FROM written
        WHERE part = 'sagsbehandleransvar' AND until IS NULL AND previous_until IS NOT NULL
    )
    UPDATE access_case c SET unit = coalesce(h.unit, c.source), side = split_part(coalesce(h.unit, c.source), '/', 1)
    FROM lies h WHERE c.person_key = h.person_key AND c.kind = 'employment_case';
    RETURN NULL;
END $$;

CREATE TRIGGER access_case_moved AFTER INSERT ON ledger_holding REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION access_case_moved();
UPDATE access_case SET source = unit;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_merged_shields"), ("ledger", "0003_privileges")]

    operations = [
        migrations.AddField(
            "case",
            "source",
            models.CharField(db_default="", help_text="the unit the information comes from", max_length=160),
        ),
        migrations.AlterField(
            "case",
            "side",
            models.CharField(help_text="the administration whose lists it stands on", max_length=3),
        ),
        migrations.RunSQL(f"{SIGHT}{CASES}"),
    ]
