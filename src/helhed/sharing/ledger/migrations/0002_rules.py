"""What the database holds of the ledger: a citizen's part has one holder at every instant.

The rows of a citizen and a part are tied both ways: each but the first begins at the moment another ended, and each that
ended is followed by one that begins at that moment (checked when the transaction ends). With one first and one open row, and
each row ending after it began, they are one unbroken line. A row that is written changes only by ending, once, now.
"""

from django.db import migrations

LINE = """
ALTER TABLE ledger_holding
    ADD CONSTRAINT holding_follows_a_row FOREIGN KEY (person_key, part, previous_until)
        REFERENCES ledger_holding (person_key, part, until),
    ADD CONSTRAINT holding_is_followed FOREIGN KEY (person_key, part, until)
        REFERENCES ledger_holding (person_key, part, previous_until) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION ledger_refuse(what text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION ledger_holding_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM ledger_refuse('a holding is not removed');
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.since > clock_timestamp() OR NEW.until > clock_timestamp() THEN
            PERFORM ledger_refuse('nothing is held from a moment that has not come');
        END IF;
        NEW.recorded_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF OLD.until IS NOT NULL OR NEW.until IS NULL OR
        (OLD.id, OLD.person_key, OLD.part, OLD.unit, OLD.since, OLD.previous_until, OLD.ground, OLD.ref, OLD.beside,
            OLD.recorded_by, OLD.recorded_at)
        IS DISTINCT FROM
        (NEW.id, NEW.person_key, NEW.part, NEW.unit, NEW.since, NEW.previous_until, NEW.ground, NEW.ref, NEW.beside,
            NEW.recorded_by, NEW.recorded_at) THEN
        PERFORM ledger_refuse('a holding changes only by ending, once');
    END IF;
    IF NEW.until < transaction_timestamp() OR NEW.until > clock_timestamp() THEN
        PERFORM ledger_refuse('a holding ends now, not before and not later');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_holding_rules BEFORE INSERT OR UPDATE OR DELETE ON ledger_holding
    FOR EACH ROW EXECUTE FUNCTION ledger_holding_rules();
"""

WORKERS = """
CREATE FUNCTION ledger_worker_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM ledger_holding h WHERE h.person_key = NEW.person_key AND h.part = NEW.part
            AND h.until IS NULL AND h.unit = NEW.unit) THEN
            PERFORM ledger_refuse('a worker belongs to the unit that holds the part');
        END IF;
        NEW.since := clock_timestamp();
        NEW.until := NULL;
        RETURN NEW;
    END IF;
    IF OLD.until IS NOT NULL OR NEW.until IS NULL OR (OLD.id, OLD.person_key, OLD.part, OLD.unit, OLD.username, OLD.since)
        IS DISTINCT FROM (NEW.id, NEW.person_key, NEW.part, NEW.unit, NEW.username, NEW.since) THEN
        PERFORM ledger_refuse('a worker''s row changes only by ending, once');
    END IF;
    NEW.until := clock_timestamp();
    RETURN NEW;
END $$;

-- The worker's time ends when the part moves. A reorganisation takes the worker along: only the unit has another name.
CREATE FUNCTION ledger_part_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    WITH ended AS (
        UPDATE ledger_worker w SET until = clock_timestamp() FROM written h
        WHERE h.previous_until IS NOT NULL AND h.until IS NULL AND w.person_key = h.person_key AND w.part = h.part
          AND w.until IS NULL AND w.unit <> h.unit
        RETURNING w.person_key, w.part, w.username, h.unit,
            h.ground = 'omorganisering' AND split_part(h.unit, '/', 1) = split_part(w.unit, '/', 1) AS along
    )
    INSERT INTO ledger_worker (person_key, part, unit, username)
    SELECT person_key, part, unit, username FROM ended WHERE along;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_worker_rules BEFORE INSERT OR UPDATE ON ledger_worker
    FOR EACH ROW EXECUTE FUNCTION ledger_worker_rules();
CREATE TRIGGER ledger_part_moved AFTER INSERT ON ledger_holding REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_part_moved();
"""

OFFERS = """
CREATE FUNCTION ledger_offer_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.opened_at := clock_timestamp();
        NEW.closed_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR (OLD.id, OLD.person_key, OLD.unit, OLD.ref, OLD.opened_at)
        IS DISTINCT FROM (NEW.id, NEW.person_key, NEW.unit, NEW.ref, NEW.opened_at) THEN
        PERFORM ledger_refuse('an offer changes only by closing, once');
    END IF;
    NEW.closed_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_offer_rules BEFORE INSERT OR UPDATE ON ledger_offer
    FOR EACH ROW EXECUTE FUNCTION ledger_offer_rules();
"""

OPENED = """
-- Opens the ledger of those with an employment case that runs today, and follows the case system where it moved one: not
-- where a part lies outside the administration the law puts it in, and not by what it said before the part came where it is.
CREATE FUNCTION ledger_follow(asked bigint[], by_whom text, units text[], held text[], parts text[], stays text[],
    follows boolean[]) RETURNS TABLE (opened bigint, moved bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date;
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ledger_follow'));
    CREATE TEMPORARY TABLE ledger_placed ON COMMIT DROP AS
    WITH merged AS (SELECT gone_id, kept_id FROM register_merge WHERE known_to IS NULL),
    own AS (
        SELECT unnest(asked) AS id
        UNION SELECT m.kept_id FROM merged m WHERE m.gone_id = ANY (asked)
        UNION SELECT m.gone_id FROM merged m WHERE m.kept_id = ANY (asked)
    ),
    running AS (
        SELECT DISTINCT ON (1) coalesce(m.kept_id, f.person_id) AS person, f.true_from, f.known_from,
               coalesce(u.key, '') AS unit
        FROM register_fact f
        JOIN register_term t ON t.id = f.term_id AND t.kind = 'employment_case'
        LEFT JOIN merged m ON m.gone_id = f.person_id
        LEFT JOIN register_unit u ON u.id = f.unit_id
        WHERE f.known_to IS NULL AND f.true_from <= today AND (f.true_to IS NULL OR f.true_to > today)
          AND (asked IS NULL OR f.person_id IN (SELECT id FROM own))
        ORDER BY 1, f.true_from DESC, f.known_from DESC, f.id
    ),
    holders AS (SELECT h.unit, min(h.holder) AS holder FROM unnest(units, held) AS h (unit, holder) GROUP BY 1)
    SELECT p.key, d.part, d.follows, running.known_from, running.true_from::timestamp AT TIME ZONE 'Europe/Copenhagen' AS since,
        CASE WHEN d.follows AND starts_with(coalesce(h.holder, running.unit) || '/', split_part(d.stay, '/', 1) || '/')
            THEN coalesce(h.holder, running.unit) ELSE d.stay END AS unit
    FROM running JOIN register_person p ON p.id = running.person LEFT JOIN holders h ON h.unit = running.unit
    CROSS JOIN unnest(parts, stays, follows) AS d (part, stay, follows);

    INSERT INTO ledger_holding (id, person_key, part, unit, since, ground, beside, recorded_by)
    SELECT gen_random_uuid(), key, part, unit, since, 'lov', '', by_whom FROM ledger_placed n
    WHERE NOT EXISTS (SELECT FROM ledger_holding h WHERE h.person_key = n.key AND h.part = n.part);
    GET DIAGNOSTICS opened = ROW_COUNT;

    CREATE TEMPORARY TABLE ledger_due ON COMMIT DROP AS
    SELECT h.id, h.person_key, h.part, n.unit FROM ledger_holding h
    JOIN ledger_placed n ON n.key = h.person_key AND n.part = h.part AND n.follows
    WHERE h.until IS NULL AND h.unit <> n.unit AND n.known_from > h.since
      AND split_part(h.unit, '/', 1) = split_part(n.unit, '/', 1)
    ORDER BY h.person_key, h.part FOR UPDATE OF h;
    moment := clock_timestamp();
    UPDATE ledger_holding h SET until = moment FROM ledger_due d WHERE h.id = d.id;
    INSERT INTO ledger_holding (id, person_key, part, unit, since, previous_until, ground, beside, recorded_by)
    SELECT gen_random_uuid(), person_key, part, unit, moment, moment, 'fagsystem', '', by_whom FROM ledger_due;
    GET DIAGNOSTICS moved = ROW_COUNT;
    DROP TABLE ledger_placed, ledger_due;
    RETURN NEXT;
END $$;
"""

UNDONE = """
DROP FUNCTION ledger_follow(bigint[], text, text[], text[], text[], text[], boolean[]);
DROP FUNCTION ledger_offer_rules() CASCADE;
DROP FUNCTION ledger_part_moved() CASCADE;
DROP FUNCTION ledger_worker_rules() CASCADE;
DROP FUNCTION ledger_holding_rules() CASCADE;
DROP FUNCTION ledger_refuse(text);
ALTER TABLE ledger_holding DROP CONSTRAINT holding_is_followed, DROP CONSTRAINT holding_follows_a_row;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("register", "0004_contact")]

    operations = [migrations.RunSQL(f"{LINE}{WORKERS}{OFFERS}{OPENED}", UNDONE)]
