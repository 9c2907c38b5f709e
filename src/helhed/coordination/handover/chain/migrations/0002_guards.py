"""What the database holds of hand-overs, whoever writes: which state follows which and that each was entered by its step; that
steps, evidence, the words of rules and messages are never altered; that nothing moves without evidence, both halves of the
assessment and a consent that is given and in force at that very moment; and that ledger and chain move together."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION handover_refuse(what text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION handover_never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM handover_refuse(format('rows of %s are neither changed nor removed', TG_TABLE_NAME));
END $$;
"""

STEPS = """
CREATE FUNCTION handover_step_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    last handover_step;
BEGIN
    SELECT * INTO last FROM handover_step s WHERE s.chain_id = NEW.chain_id ORDER BY s.number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.before <> coalesce(last.hash, '') THEN
        PERFORM handover_refuse('a step follows the one before');
    END IF;
    IF NEW.at < greatest(last.at, transaction_timestamp()) OR NEW.at > clock_timestamp() THEN
        PERFORM handover_refuse('a step is taken now');
    END IF;
    IF NEW."by" = '' OR NEW.hash !~ '^[0-9a-f]{64}$' THEN
        PERFORM handover_refuse('a step is taken by somebody, and sealed');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER handover_step_rules BEFORE INSERT ON handover_step
    FOR EACH ROW EXECUTE FUNCTION handover_step_rules();
CREATE TRIGGER handover_step_never BEFORE UPDATE OR DELETE ON handover_step
    FOR EACH ROW EXECUTE FUNCTION handover_never();
CREATE TRIGGER handover_evidence_never BEFORE UPDATE OR DELETE ON handover_evidence
    FOR EACH ROW EXECUTE FUNCTION handover_never();
CREATE TRIGGER handover_ruletext_never BEFORE UPDATE OR DELETE ON handover_ruletext
    FOR EACH ROW EXECUTE FUNCTION handover_never();
CREATE TRIGGER handover_heard_never BEFORE UPDATE OR DELETE ON handover_heard
    FOR EACH ROW EXECUTE FUNCTION handover_never();
"""

STATES = """
-- Whether one state of a hand-over, or of a return, may follow another.
CREATE FUNCTION handover_follows(direction text, old text, new text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN CASE direction
    WHEN 'over' THEN (old, new) IN (
        ('proposed', 'assessed'), ('proposed', 'exempted'), ('assessed', 'asked'), ('assessed', 'consented'),
        ('asked', 'consented'), ('consented', 'decided'), ('decided', 'offered'), ('offered', 'accepted'),
        ('offered', 'refused'), ('refused', 'proposed'), ('refused', 'offered'), ('accepted', 'effective')
    ) OR (old IN ('asked', 'consented', 'decided', 'offered', 'refused', 'accepted') AND new IN ('declined', 'assessed'))
    ELSE (old, new) IN (
        ('proposed', 'decided'), ('decided', 'offered'), ('offered', 'accepted'), ('accepted', 'effective')
    )
END OR (new IN ('lapsed', 'cancelled') AND old NOT IN ('effective', 'exempted', 'declined', 'lapsed', 'cancelled'));

-- The step that lets a chain come to a state has its name. A note in words hands a return over; a chain whose unit was
-- changed is asked about anew.
CREATE FUNCTION handover_entered_by(direction text, old text, new text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN direction = 'back' AND new = 'decided' THEN kind = 'noted'
    WHEN new = 'assessed' AND old <> 'proposed' THEN kind = 'redirected'
    ELSE kind = new
END;

CREATE FUNCTION handover_chain_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.state <> 'proposed' OR NEW.steps > 1 OR NEW.consent IS NOT NULL OR NEW.effective_at IS NOT NULL
        OR NEW.effective_on IS NOT NULL THEN
        PERFORM handover_refuse('a chain begins as proposed');
    END IF;
    IF NEW.direction = 'back' AND NOT EXISTS (SELECT FROM handover_chain c WHERE c.id = NEW.returns_id
        AND c.person_key = NEW.person_key AND c.direction = 'over' AND c.state = 'effective') THEN
        PERFORM handover_refuse('a return undoes a hand-over of the same citizen that took effect');
    END IF;
    NEW.opened_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION handover_chain_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['state', 'consent', 'evidence', 'from_unit', 'to_unit', 'family', 'due_on', 'escalated_at',
        'effective_on', 'effective_at', 'ended_at', 'end_reason', 'steps'];
    newest text;
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        PERFORM handover_refuse('a chain that has ended does not change');
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        PERFORM handover_refuse('whom a chain is about, and why it was opened, does not change');
    END IF;
    SELECT s.kind INTO newest FROM handover_step s WHERE s.chain_id = NEW.id AND s.number = NEW.steps;
    IF newest IS NULL OR NEW.steps < OLD.steps
        OR EXISTS (SELECT FROM handover_step s WHERE s.chain_id = NEW.id AND s.number > NEW.steps) THEN
        PERFORM handover_refuse('a chain stands at its newest step');
    END IF;
    IF NEW.steps = OLD.steps AND (OLD.state, OLD.consent, OLD.evidence, OLD.from_unit, OLD.to_unit, OLD.effective_on, OLD.effective_at)
        IS DISTINCT FROM (NEW.state, NEW.consent, NEW.evidence, NEW.from_unit, NEW.to_unit, NEW.effective_on, NEW.effective_at)
    THEN
        PERFORM handover_refuse('a chain changes by a step');
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NOT handover_follows(NEW.direction, OLD.state, NEW.state) THEN
        PERFORM handover_refuse(format('a chain does not go from %s to %s', OLD.state, NEW.state));
    END IF;
    IF NEW.steps = OLD.steps OR NOT handover_entered_by(NEW.direction, OLD.state, NEW.state, newest) THEN
        PERFORM handover_refuse(format('a chain becomes %s by its step', NEW.state));
    END IF;
    IF NEW.direction = 'over' THEN
        PERFORM handover_needs(NEW);
    END IF;
    IF NEW.ended_at < transaction_timestamp() OR NEW.ended_at > clock_timestamp()
        OR NEW.effective_at < transaction_timestamp() OR NEW.effective_at > clock_timestamp()
        OR (NEW.effective_at IS NOT NULL) <> (NEW.state = 'effective') THEN
        PERFORM handover_refuse('what takes effect, or ends, does so now');
    END IF;
    IF NEW.state = 'effective' AND NEW.effective_on > (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date THEN
        PERFORM handover_refuse('nothing takes effect before its day');
    END IF;
    RETURN NEW;
END $$;

-- What a hand-over needs to come where it wants to be. The consent is kept as it is until the transaction ends, and the time
-- is read after that.
CREATE FUNCTION handover_needs(chain handover_chain) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    since integer;
    consent consent_consent;
BEGIN
    IF chain.state = 'assessed' THEN
        SELECT max(number) INTO since FROM handover_step WHERE chain_id = chain.id AND kind = 'proposed';
        IF (SELECT count(DISTINCT kind) FROM handover_step WHERE chain_id = chain.id AND number > since
            AND kind IN ('assessed-bif', 'assessed-sof') AND reason = '') < 2 THEN
            PERFORM handover_refuse('both administrations assess');
        END IF;
    END IF;
    IF chain.state NOT IN ('consented', 'decided', 'offered', 'accepted', 'effective') THEN
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM handover_evidence e WHERE e.id = chain.evidence AND e.person_key = chain.person_key
        AND e."group" = chain.model AND e.verdict = 'true') THEN
        PERFORM handover_refuse('without evidence that the criteria are true nothing moves');
    END IF;
    SELECT * INTO consent FROM consent_consent WHERE id = chain.consent FOR SHARE;
    IF consent.id IS NULL OR consent.person_key <> chain.person_key OR consent.kind <> 'helhedsorienteret-plan'
        OR consent.state <> 'given' OR consent.valid_from > clock_timestamp() OR consent.valid_to <= clock_timestamp()
        OR NOT access_below(chain.to_unit, consent.recipients::text[]) THEN
        PERFORM handover_refuse('without a consent that is in force nothing moves');
    END IF;
END $$;

-- Looked at when the transaction ends: a chain has its first step, and stands at its newest.
CREATE FUNCTION handover_chain_stepped() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM handover_chain c JOIN handover_step s ON s.chain_id = c.id AND s.number = 1 AND s.kind = 'proposed'
        WHERE c.id = NEW.id AND c.steps >= 1) THEN
        PERFORM handover_refuse('a chain begins with a step');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER handover_chain_insert BEFORE INSERT ON handover_chain
    FOR EACH ROW EXECUTE FUNCTION handover_chain_insert();
CREATE TRIGGER handover_chain_rules BEFORE UPDATE ON handover_chain
    FOR EACH ROW EXECUTE FUNCTION handover_chain_rules();
CREATE TRIGGER handover_chain_never BEFORE DELETE ON handover_chain
    FOR EACH ROW EXECUTE FUNCTION handover_never();
CREATE CONSTRAINT TRIGGER handover_chain_stepped AFTER INSERT ON handover_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION handover_chain_stepped();
"""

TOGETHER = """
-- A part moves by a hand-over only with the chain that took effect in the same transaction, and to its unit, or to that
-- unit's administration.
CREATE FUNCTION handover_holding_by_chain() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM handover_chain c WHERE c.id = NEW.ref AND c.person_key = NEW.person_key
        AND c.direction = CASE NEW.ground WHEN 'ressortflyt' THEN 'over' ELSE 'back' END
        AND c.state = 'effective' AND c.effective_at >= transaction_timestamp()
        AND NEW.unit IN (c.to_unit, split_part(c.to_unit, '/', 1))) THEN
        PERFORM handover_refuse('a part moves by a hand-over that takes effect with it');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION handover_chain_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_holding h WHERE h.person_key = NEW.person_key AND h.ref = NEW.id AND h.unit = NEW.to_unit
        AND h.ground = CASE NEW.direction WHEN 'over' THEN 'ressortflyt' ELSE 'tilbagefoersel' END) THEN
        PERFORM handover_refuse('a chain that takes effect moves what it is about');
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER handover_holding_by_chain AFTER INSERT ON ledger_holding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ground IN ('ressortflyt', 'tilbagefoersel'))
    EXECUTE FUNCTION handover_holding_by_chain();
CREATE CONSTRAINT TRIGGER handover_chain_moves AFTER UPDATE ON handover_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'effective')
    EXECUTE FUNCTION handover_chain_moves();
"""

TOLD = """
CREATE FUNCTION handover_message_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['done_at', 'done_by', 'unit'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.done_at IS NOT NULL OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        PERFORM handover_refuse('what was told stays; it is signed off once');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION handover_cause_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['state', 'ended_at'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'waiting' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        PERFORM handover_refuse('a cause that was seen stays; it opens a return or goes away, once');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER handover_message_rules BEFORE UPDATE OR DELETE ON handover_message
    FOR EACH ROW EXECUTE FUNCTION handover_message_rules();
CREATE TRIGGER handover_cause_rules BEFORE UPDATE OR DELETE ON handover_cause
    FOR EACH ROW EXECUTE FUNCTION handover_cause_rules();
"""

UNDONE = """
DROP FUNCTION handover_cause_rules() CASCADE;
DROP FUNCTION handover_message_rules() CASCADE;
DROP FUNCTION handover_chain_moves() CASCADE;
DROP FUNCTION handover_holding_by_chain() CASCADE;
DROP FUNCTION handover_chain_stepped() CASCADE;
DROP FUNCTION handover_chain_rules() CASCADE;
DROP FUNCTION handover_chain_insert() CASCADE;
DROP FUNCTION handover_needs(handover_chain);
DROP FUNCTION handover_entered_by(text, text, text, text);
DROP FUNCTION handover_follows(text, text, text);
DROP FUNCTION handover_step_rules() CASCADE;
DROP FUNCTION handover_never() CASCADE;
DROP FUNCTION handover_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handover", "0001_initial"),
        ("ledger", "0002_rules"),
        ("consent", "0003_privileges"),
        ("access", "0002_rules"),
    ]

    operations = [migrations.RunSQL(f"{REFUSE}{STEPS}{STATES}{TOGETHER}{TOLD}", UNDONE)]
