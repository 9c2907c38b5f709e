"""What the database holds of a sanction: it changes by a step only; each step is taken for the unit that holds the part it
asks for, in the order of the states; whoever decided carries nothing out; nothing takes effect before the citizen was heard."""

from django.db import migrations

RULES = """
CREATE FUNCTION sanctions_next(state text, kind text, steps int) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN steps = 0 THEN CASE WHEN kind = 'drafted' AND state = 'draft' THEN 'draft' END
    WHEN kind = 'revised' AND state = 'draft' THEN 'draft'
    WHEN kind = 'decided' AND state = 'draft' THEN 'decided'
    WHEN kind = 'withdrawn' AND state IN ('draft', 'decided', 'received', 'calculated') THEN 'withdrawn'
    WHEN kind = 'received' AND state = 'decided' THEN 'received'
    WHEN kind = 'calculated' AND state IN ('received', 'calculated') THEN 'calculated'
    WHEN kind = 'heard' AND state = 'calculated' THEN 'heard'
    WHEN kind IN ('answered', 'upheld') AND state = 'heard' THEN 'heard'
    WHEN kind = 'annulled' AND state = 'heard' THEN 'annulled'
    WHEN kind = 'effected' AND state = 'heard' THEN 'effected'
END;

CREATE FUNCTION sanctions_holder(person uuid, of_part text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    holder text;
BEGIN
    SELECT h.unit INTO holder FROM ledger_holding h
    WHERE h.person_key = person AND h.part = of_part AND h.until IS NULL FOR SHARE;
    RETURN coalesce(holder, '');
END $$;

-- Whether a step is taken for the right unit, by the right person, with what it needs.
CREATE FUNCTION sanctions_check(step sanctions_sanctionstep, s sanctions_sanction) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (step.at AT TIME ZONE 'Europe/Copenhagen')::date;
    decides text := sanctions_holder(s.person_key, 'sagsbehandleransvar');
    carries_out text := sanctions_holder(s.person_key, 'ydelsesansvar');
BEGIN
    IF (step)."by" = '' THEN
        RAISE EXCEPTION 'somebody takes each step' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind IN ('received', 'calculated', 'heard', 'effected') THEN
        IF step.unit = '' OR step.unit <> carries_out THEN
            RAISE EXCEPTION 'only who holds the benefit responsibility carries a sanction out' USING ERRCODE = 'check_violation';
        END IF;
        IF (step)."by" = s.decided_by THEN
            RAISE EXCEPTION 'whoever decided a sanction does not carry it out' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF step.kind = 'answered' THEN
        IF step.unit <> '' AND step.unit NOT IN (decides, carries_out) THEN
            RAISE EXCEPTION 'an answer is written down by a unit that works with the sanction' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF step.unit = '' OR step.unit <> decides THEN
        RAISE EXCEPTION 'only who holds the casework responsibility decides on a sanction' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind IN ('answered', 'upheld', 'annulled', 'withdrawn') AND btrim(step.note) = '' THEN
        RAISE EXCEPTION 'this step says why' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind = 'heard' AND (step.due_on IS NULL OR step.due_on <= today) THEN
        RAISE EXCEPTION 'the citizen is given time to answer' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind = 'upheld' AND (s.answered_at IS NULL OR s.upheld_at >= s.answered_at) THEN
        RAISE EXCEPTION 'there is no answer to keep to the decision after' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind = 'effected' AND NOT coalesce(
        CASE WHEN s.answered_at IS NULL THEN s.hearing_due < today ELSE s.upheld_at >= s.answered_at END, false) THEN
        RAISE EXCEPTION 'nothing takes effect before the citizen was heard' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind = 'calculated' AND (
        step.month <> date_trunc('month', step.month)::date OR step.month < date_trunc('month', s.from_day)::date) THEN
        RAISE EXCEPTION 'the benefit of a month is reduced, not before the event' USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION sanctions_step_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    s sanctions_sanction;
    follows text;
BEGIN
    SELECT * INTO s FROM sanctions_sanction WHERE id = NEW.sanction_id FOR UPDATE;
    NEW.at := clock_timestamp();
    NEW.number := coalesce(s.steps, 0) + 1;
    follows := sanctions_next(s.state, NEW.kind, s.steps);
    IF follows IS NULL THEN
        RAISE EXCEPTION 'a sanction that is % cannot be %', s.state, NEW.kind USING ERRCODE = 'check_violation';
    END IF;
    PERFORM sanctions_check(NEW, s);
    UPDATE sanctions_sanction SET
        state = follows,
        steps = NEW.number,
        due_on = CASE WHEN follows IN ('effected', 'annulled', 'withdrawn', 'draft') THEN NULL ELSE NEW.due_on END,
        deciding_unit = CASE NEW.kind WHEN 'decided' THEN NEW.unit ELSE deciding_unit END,
        decided_by = CASE NEW.kind WHEN 'decided' THEN NEW."by" ELSE decided_by END,
        decided_at = CASE NEW.kind WHEN 'decided' THEN NEW.at ELSE decided_at END,
        month = CASE NEW.kind WHEN 'calculated' THEN NEW.month ELSE month END,
        amount_oere = CASE NEW.kind WHEN 'calculated' THEN NEW.amount_oere ELSE amount_oere END,
        hearing_due = CASE NEW.kind WHEN 'heard' THEN NEW.due_on ELSE hearing_due END,
        answered_at = CASE NEW.kind WHEN 'answered' THEN NEW.at ELSE answered_at END,
        upheld_at = CASE NEW.kind WHEN 'upheld' THEN NEW.at ELSE upheld_at END,
        ended_at = CASE WHEN follows IN ('effected', 'annulled', 'withdrawn') THEN NEW.at END
    WHERE id = s.id;
    RETURN NEW;
END $$;

CREATE FUNCTION sanctions_sanction_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    written text[] := ARRAY['ground', 'from_day', 'to_day', 'reason', 'assessment'];
    stays text[] := ARRAY['state', 'due_on', 'deciding_unit', 'decided_by', 'decided_at', 'month', 'amount_oere',
        'hearing_due', 'answered_at', 'upheld_at', 'ended_at', 'steps'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := clock_timestamp();
        IF NEW.state <> 'draft' OR NEW.steps <> 0 THEN
            RAISE EXCEPTION 'a sanction begins as a draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'draft' THEN
        stays := stays || written;
    END IF;
    IF to_jsonb(OLD) - stays IS DISTINCT FROM to_jsonb(NEW) - stays THEN
        RAISE EXCEPTION 'what a sanction says stays as it was decided' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION sanctions_has_a_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM sanctions_sanctionstep t WHERE t.sanction_id = NEW.id AND t.kind = 'drafted') THEN
        RAISE EXCEPTION 'a sanction begins with its first step' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION sanctions_never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are neither changed nor removed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER sanctions_sanction_rules BEFORE INSERT OR UPDATE ON sanctions_sanction
    FOR EACH ROW EXECUTE FUNCTION sanctions_sanction_rules();
CREATE TRIGGER sanctions_step_taken BEFORE INSERT ON sanctions_sanctionstep
    FOR EACH ROW EXECUTE FUNCTION sanctions_step_taken();
CREATE TRIGGER sanctions_step_never BEFORE UPDATE OR DELETE ON sanctions_sanctionstep
    FOR EACH ROW EXECUTE FUNCTION sanctions_never();
CREATE CONSTRAINT TRIGGER sanctions_has_a_step AFTER INSERT ON sanctions_sanction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sanctions_has_a_step();
"""
UNDONE = """
DROP FUNCTION sanctions_never() CASCADE;
DROP FUNCTION sanctions_has_a_step() CASCADE;
DROP FUNCTION sanctions_sanction_rules() CASCADE;
DROP FUNCTION sanctions_step_taken() CASCADE;
DROP FUNCTION sanctions_check(sanctions_sanctionstep, sanctions_sanction);
DROP FUNCTION sanctions_holder(uuid, text);
DROP FUNCTION sanctions_next(text, text, int);
"""


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0001_initial"), ("ledger", "0001_initial")]

    operations = [migrations.RunSQL(RULES, UNDONE)]
