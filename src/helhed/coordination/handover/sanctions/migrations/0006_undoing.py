"""What the database holds of a sanction that is undone, and of complaints: who may, in which order, what follows from what.

A sanction that took effect is undone by who holds the casework now, with a reason; the benefits service pays it back, by
another than who decided. While a complaint is open nothing is undone past it, and a complaint that is agreed with undoes the
sanction in the same transaction. Whoever acts for the citizen has a mandate in force that reaches to it.
"""

from django.db import migrations

STEPS = """
CREATE OR REPLACE FUNCTION sanctions_next(state text, kind text, steps int) RETURNS text LANGUAGE sql IMMUTABLE
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
    WHEN kind = 'reversed' AND state IN ('effected', 'reversed', 'repaid') THEN 'reversed'
    WHEN kind = 'repaid' AND state = 'reversed' THEN 'repaid'
END;

-- Whether a mandate lets its holder answer for this citizen now; held until the transaction ends, as a revocation waits.
CREATE FUNCTION sanctions_mandate_holds(of_mandate uuid, person uuid, who text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM FROM mandates_mandate m
    WHERE m.id = of_mandate AND m.person_key = person AND m.holder = who AND m.state = 'active' AND 'answer' = ANY (m.scope)
        AND m.valid_from <= clock_timestamp() AND clock_timestamp() < m.valid_to
    FOR SHARE;
    RETURN FOUND;
END $$;

-- What undoes a sanction, beyond who may: how much, and from which answer to a complaint it follows.
CREATE FUNCTION sanctions_check_undoing(step sanctions_sanctionstep, s sanctions_sanction) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    left_oere bigint := s.amount_oere - s.repaid_oere;
    answered text;
BEGIN
    IF step.kind = 'reversed' THEN
        IF s.reversed_whole OR left_oere <= 0 THEN
            RAISE EXCEPTION 'all of it is undone already' USING ERRCODE = 'check_violation';
        END IF;
        IF s.state = 'reversed' AND NOT coalesce(step.whole, false) THEN
            RAISE EXCEPTION 'a part of it is undone already, and not paid back yet' USING ERRCODE = 'check_violation';
        END IF;
        IF step.ref IS NULL AND s.complaint <> '' THEN
            RAISE EXCEPTION 'a complaint is answered, not passed by' USING ERRCODE = 'check_violation';
        END IF;
        IF step.ref IS NOT NULL THEN
            SELECT t.kind INTO answered FROM sanctions_complaintstep t JOIN sanctions_complaint c ON c.id = t.complaint_id
            WHERE t.id = step.ref AND c.sanction_id = s.id;
            IF answered IS NULL OR NOT (CASE answered
                WHEN 'agreed' THEN step.whole WHEN 'partly' THEN NOT step.whole WHEN 'changed' THEN true ELSE false END) THEN
                RAISE EXCEPTION 'it does not follow from that answer to a complaint' USING ERRCODE = 'check_violation';
            END IF;
        END IF;
    ELSIF step.kind = 'repaid' THEN
        IF (step)."by" = s.reversed_by THEN
            RAISE EXCEPTION 'whoever undid a sanction does not pay it back' USING ERRCODE = 'check_violation';
        END IF;
        IF step.amount_oere <= 0 OR NOT (CASE WHEN s.reversed_whole THEN step.amount_oere = left_oere
            ELSE step.amount_oere < left_oere END) THEN
            RAISE EXCEPTION 'what was undone is paid back, neither more nor less' USING ERRCODE = 'check_violation';
        END IF;
        IF step.paid_on < (s.effected_at AT TIME ZONE 'Europe/Copenhagen')::date
            OR step.paid_on > (step.at AT TIME ZONE 'Europe/Copenhagen')::date + 31 THEN
            RAISE EXCEPTION 'it is paid back after it was deducted and within a month' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION sanctions_check(step sanctions_sanctionstep, s sanctions_sanction) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (step.at AT TIME ZONE 'Europe/Copenhagen')::date;
    decides text := sanctions_holder(s.person_key, 'sagsbehandleransvar');
    carries_out text := sanctions_holder(s.person_key, 'ydelsesansvar');
BEGIN
    IF (step)."by" = '' THEN
        RAISE EXCEPTION 'somebody takes each step' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind IN ('received', 'calculated', 'heard', 'effected', 'repaid') THEN
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
        IF step.mandate IS NOT NULL AND NOT sanctions_mandate_holds(step.mandate, s.person_key, (step)."by") THEN
            RAISE EXCEPTION 'who answers for the citizen has a mandate to' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF step.unit = '' OR step.unit <> decides THEN
        RAISE EXCEPTION 'only who holds the casework responsibility decides on a sanction' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind IN ('answered', 'upheld', 'annulled', 'withdrawn', 'reversed') AND btrim(step.note) = '' THEN
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
    PERFORM sanctions_check_undoing(step, s);
END $$;

CREATE OR REPLACE FUNCTION sanctions_step_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
        due_on = CASE WHEN follows IN ('effected', 'annulled', 'withdrawn', 'draft', 'repaid') THEN NULL ELSE NEW.due_on END,
        deciding_unit = CASE NEW.kind WHEN 'decided' THEN NEW.unit ELSE deciding_unit END,
        decided_by = CASE NEW.kind WHEN 'decided' THEN NEW."by" ELSE decided_by END,
        decided_at = CASE NEW.kind WHEN 'decided' THEN NEW.at ELSE decided_at END,
        month = CASE NEW.kind WHEN 'calculated' THEN NEW.month ELSE month END,
        amount_oere = CASE NEW.kind WHEN 'calculated' THEN NEW.amount_oere ELSE amount_oere END,
        hearing_due = CASE NEW.kind WHEN 'heard' THEN NEW.due_on ELSE hearing_due END,
        answered_at = CASE NEW.kind WHEN 'answered' THEN NEW.at ELSE answered_at END,
        upheld_at = CASE NEW.kind WHEN 'upheld' THEN NEW.at ELSE upheld_at END,
        effected_at = CASE NEW.kind WHEN 'effected' THEN NEW.at ELSE effected_at END,
        reversed_by = CASE NEW.kind WHEN 'reversed' THEN NEW."by" ELSE reversed_by END,
        reversed_whole = CASE NEW.kind WHEN 'reversed' THEN NEW.whole ELSE reversed_whole END,
        repaid_oere = repaid_oere + CASE NEW.kind WHEN 'repaid' THEN NEW.amount_oere ELSE 0 END,
        repaid_on = CASE NEW.kind WHEN 'repaid' THEN NEW.paid_on ELSE repaid_on END,
        ended_at = CASE WHEN follows IN ('effected', 'annulled', 'withdrawn', 'repaid') THEN NEW.at END
    WHERE id = s.id;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION sanctions_sanction_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    written text[] := ARRAY['ground', 'from_day', 'to_day', 'reason', 'assessment'];
    stays text[] := ARRAY['state', 'due_on', 'deciding_unit', 'decided_by', 'decided_at', 'month', 'amount_oere',
        'hearing_due', 'answered_at', 'upheld_at', 'effected_at', 'reversed_by', 'reversed_whole', 'repaid_oere', 'repaid_on',
        'complaint', 'complaint_due', 'ended_at', 'steps'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := clock_timestamp();
        IF NEW.state <> 'draft' OR NEW.steps <> 0 OR NEW.complaint <> '' OR NEW.repaid_oere <> 0 THEN
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
"""
COMPLAINTS = """
CREATE FUNCTION sanctions_complaint_next(state text, kind text, steps int) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN steps = 0 THEN CASE WHEN kind = 'complained' AND state = 'received' THEN 'received' END
    WHEN kind IN ('kept', 'partly') AND state = 'received' THEN 'kept'
    WHEN kind IN ('kept', 'partly') AND state = 'returned' THEN 'rekept'
    WHEN kind = 'agreed' AND state IN ('received', 'kept', 'sent', 'returned') THEN 'agreed'
    WHEN kind = 'sent' AND state = 'kept' THEN 'sent'
    WHEN kind IN ('confirmed', 'changed', 'dismissed', 'returned') AND state = 'sent' THEN kind
    WHEN kind = 'taken-back' AND state IN ('received', 'kept', 'sent', 'returned') THEN 'taken-back'
END;

-- A complaint is about something that took effect and is not undone; the day of that decision says whether it is in time.
CREATE FUNCTION sanctions_complaint_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    s sanctions_sanction;
    again date;
BEGIN
    SELECT * INTO s FROM sanctions_sanction WHERE id = NEW.sanction_id FOR UPDATE;
    IF s.effected_at IS NULL OR coalesce(s.reversed_whole, false) THEN
        RAISE EXCEPTION 'there is nothing to complain about' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> 'received' OR NEW.steps <> 0 OR NEW.ended_at IS NOT NULL OR NEW.sent_on IS NOT NULL THEN
        RAISE EXCEPTION 'a complaint begins as received' USING ERRCODE = 'check_violation';
    END IF;
    SELECT max((c.ended_at AT TIME ZONE 'Europe/Copenhagen')::date) INTO again FROM sanctions_complaint c
    WHERE c.sanction_id = s.id AND c.state = 'rekept';
    NEW.created_at := clock_timestamp();
    NEW.decided_on := greatest((s.effected_at AT TIME ZONE 'Europe/Copenhagen')::date, again);
    IF NEW.received_on < NEW.decided_on OR NEW.received_on > (NEW.created_at AT TIME ZONE 'Europe/Copenhagen')::date THEN
        RAISE EXCEPTION 'a complaint comes after the decision and not after today' USING ERRCODE = 'check_violation';
    END IF;
    NEW.in_time := NEW.received_on <= NEW.decided_on + 28;
    RETURN NEW;
END $$;

CREATE FUNCTION sanctions_complaint_check(
    step sanctions_complaintstep, c sanctions_complaint, s sanctions_sanction
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (step.at AT TIME ZONE 'Europe/Copenhagen')::date;
    decides text := sanctions_holder(s.person_key, 'sagsbehandleransvar');
    carries_out text := sanctions_holder(s.person_key, 'ydelsesansvar');
BEGIN
    IF (step)."by" = '' THEN
        RAISE EXCEPTION 'somebody takes each step' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind IN ('complained', 'taken-back') THEN
        IF step.unit <> '' AND step.unit NOT IN (decides, carries_out) THEN
            RAISE EXCEPTION 'a complaint is written down by a unit that works with the sanction' USING ERRCODE = 'check_violation';
        END IF;
        IF step.mandate IS NOT NULL AND NOT sanctions_mandate_holds(step.mandate, s.person_key, (step)."by") THEN
            RAISE EXCEPTION 'who complains for the citizen has a mandate to' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF step.unit = '' OR step.unit <> decides THEN
        RAISE EXCEPTION 'only who holds the casework responsibility answers a complaint' USING ERRCODE = 'check_violation';
    END IF;
    IF btrim(step.note) = '' AND (
        step.kind IN ('kept', 'partly', 'agreed') OR (step.kind = 'taken-back' AND step.unit <> '')) THEN
        RAISE EXCEPTION 'this step says why' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind = 'complained' AND step.on_day <> c.received_on THEN
        RAISE EXCEPTION 'a complaint came on one day' USING ERRCODE = 'check_violation';
    END IF;
    IF step.on_day > today OR step.on_day < coalesce(c.sent_on, c.received_on) THEN
        RAISE EXCEPTION 'the days of a complaint follow each other' USING ERRCODE = 'check_violation';
    END IF;
    IF step.kind = 'kept' AND c.state = 'received' AND step.due_on IS NULL THEN
        RAISE EXCEPTION 'a complaint that is not agreed with is sent on by a day' USING ERRCODE = 'check_violation';
    END IF;
END $$;

-- The deciding unit looks again within four weeks (the Legal Protection Act, section 66; to be confirmed).
CREATE FUNCTION sanctions_complaint_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    c sanctions_complaint;
    s sanctions_sanction;
    follows text;
    stays_open boolean;
BEGIN
    SELECT * INTO c FROM sanctions_complaint WHERE id = NEW.complaint_id;
    SELECT * INTO s FROM sanctions_sanction WHERE id = c.sanction_id FOR UPDATE;
    SELECT * INTO c FROM sanctions_complaint WHERE id = NEW.complaint_id FOR UPDATE;
    NEW.at := clock_timestamp();
    NEW.number := coalesce(c.steps, 0) + 1;
    follows := sanctions_complaint_next(c.state, NEW.kind, c.steps);
    IF follows IS NULL THEN
        RAISE EXCEPTION 'a complaint that is % cannot be %', c.state, NEW.kind USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind IN ('complained', 'returned') THEN
        NEW.due_on := NEW.on_day + 28;
    END IF;
    PERFORM sanctions_complaint_check(NEW, c, s);
    stays_open := follows IN ('received', 'kept', 'sent', 'returned');
    UPDATE sanctions_complaint SET
        state = follows,
        steps = NEW.number,
        due_on = CASE WHEN stays_open AND follows <> 'sent' THEN NEW.due_on END,
        sent_on = CASE NEW.kind WHEN 'sent' THEN NEW.on_day ELSE sent_on END,
        ended_at = CASE WHEN NOT stays_open THEN NEW.at END
    WHERE id = c.id;
    UPDATE sanctions_sanction SET
        complaint = CASE WHEN stays_open THEN follows ELSE '' END,
        complaint_due = CASE WHEN stays_open AND follows <> 'sent' THEN NEW.due_on END
    WHERE id = s.id;
    RETURN NEW;
END $$;

CREATE FUNCTION sanctions_complaint_has_a_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM sanctions_complaintstep t WHERE t.complaint_id = NEW.id AND t.kind = 'complained') THEN
        RAISE EXCEPTION 'a complaint begins with its first step' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION sanctions_complaint_undoes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.kind IN ('partly', 'agreed', 'changed')
        AND NOT EXISTS (SELECT FROM sanctions_sanctionstep t WHERE t.ref = NEW.id AND t.kind = 'reversed') THEN
        RAISE EXCEPTION 'who agrees with a complaint undoes the sanction' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER sanctions_complaint_begins BEFORE INSERT ON sanctions_complaint
    FOR EACH ROW EXECUTE FUNCTION sanctions_complaint_begins();
CREATE TRIGGER sanctions_complaint_taken BEFORE INSERT ON sanctions_complaintstep
    FOR EACH ROW EXECUTE FUNCTION sanctions_complaint_taken();
CREATE TRIGGER sanctions_complaint_step_never BEFORE UPDATE OR DELETE ON sanctions_complaintstep
    FOR EACH ROW EXECUTE FUNCTION sanctions_never();
CREATE CONSTRAINT TRIGGER sanctions_complaint_has_a_step AFTER INSERT ON sanctions_complaint
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sanctions_complaint_has_a_step();
CREATE CONSTRAINT TRIGGER sanctions_complaint_undoes AFTER INSERT ON sanctions_complaintstep
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sanctions_complaint_undoes();

GRANT SELECT, INSERT ON sanctions_complaint, sanctions_complaintstep, sanctions_sanctionmessage TO helhed_web;
GRANT UPDATE (done_at, done_by) ON sanctions_sanctionmessage TO helhed_web;
"""
UNDONE = """
DROP FUNCTION sanctions_complaint_undoes() CASCADE;
DROP FUNCTION sanctions_complaint_has_a_step() CASCADE;
DROP FUNCTION sanctions_complaint_taken() CASCADE;
DROP FUNCTION sanctions_complaint_begins() CASCADE;
DROP FUNCTION sanctions_complaint_check(sanctions_complaintstep, sanctions_complaint, sanctions_sanction);
DROP FUNCTION sanctions_complaint_next(text, text, int);
"""


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0005_complaints"), ("mandates", "0004_answering")]

    operations = [
        migrations.RunSQL(STEPS, migrations.RunSQL.noop),
        migrations.RunSQL(COMPLAINTS, UNDONE),
    ]
