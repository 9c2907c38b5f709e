"""What the database holds of a consent: the states it may go through, what never changes, the moment of each step, and a
record of each version, chained to the one before and never altered."""

from django.db import migrations

RULES = """
CREATE FUNCTION consent_consent_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.state = 'requested' THEN
        NEW.decided_at := NULL;
        NEW.valid_from := NULL;
        NEW.valid_to := NULL;
    ELSIF NEW.state = 'given' AND NEW.method = 'case_system' THEN
        NEW.decided_at := clock_timestamp();
    ELSE
        RAISE EXCEPTION 'a consent begins as requested, or given in a case system' USING ERRCODE = 'check_violation';
    END IF;
    NEW.requested_at := clock_timestamp();
    NEW.ended_at := NULL;
    NEW.ended_by := '';
    NEW.ended_how := '';
    RETURN NEW;
END $$;

CREATE FUNCTION consent_consent_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    answered boolean := OLD.state = 'requested' AND NEW.state IN ('given', 'refused');
    free text[];
BEGIN
    IF OLD.state = NEW.state AND OLD.state = 'given' AND OLD.method = 'case_system' THEN
        free := ARRAY['valid_to'];
    ELSIF (OLD.state, NEW.state) NOT IN (
        ('requested', 'given'), ('requested', 'refused'), ('requested', 'expired'), ('requested', 'invalidated'),
        ('given', 'withdrawn'), ('given', 'expired'), ('given', 'renewed'), ('given', 'invalidated')
    ) THEN
        RAISE EXCEPTION 'a consent does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    ELSIF answered THEN
        free := ARRAY['state', 'decided_at', 'valid_from', 'valid_to', 'language', 'notice_hash', 'notice_text',
            'consequences', 'expressed_by', 'mandate', 'method', 'recorded_by', 'confirmed_by', 'evidence_hash',
            'evidence_file', 'signed_on'];
    ELSE
        free := ARRAY['state', 'ended_at', 'ended_by', 'ended_how'];
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what a consent says does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'given' AND NEW.state = 'expired' AND (OLD.valid_to IS NULL OR OLD.valid_to > moment) THEN
        RAISE EXCEPTION 'a consent does not expire before its last day' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'renewed'
        AND NOT EXISTS (SELECT FROM consent_consent c WHERE c.renews = OLD.id AND c.state = 'given') THEN
        RAISE EXCEPTION 'a consent is renewed by another' USING ERRCODE = 'check_violation';
    END IF;
    IF answered THEN
        NEW.decided_at := moment;
        IF NEW.state = 'given' THEN
            NEW.valid_from := moment;
            NEW.valid_to := moment + make_interval(days => NEW.days);
        ELSE
            NEW.valid_from := NULL;
            NEW.valid_to := NULL;
        END IF;
    ELSIF NEW.state <> OLD.state THEN
        NEW.ended_at := moment;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION consent_record_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    before consent_record;
    content text := (to_jsonb(NEW) - 'evidence_file')::text;
BEGIN
    SELECT * INTO before FROM consent_record WHERE consent_id = NEW.id ORDER BY version DESC LIMIT 1;
    INSERT INTO consent_record (consent_id, version, at, content, previous, hash) VALUES (
        NEW.id, coalesce(before.version, 0) + 1, clock_timestamp(), content, coalesce(before.hash, ''),
        encode(sha256(convert_to(coalesce(before.hash, '') || content, 'UTF8')), 'hex')
    );
    RETURN NULL;
END $$;

CREATE FUNCTION consent_never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are neither changed nor removed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION consent_answer_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['confirmed_by', 'confirmed_at', 'agreed', 'reason'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.recorded_at := clock_timestamp();
        IF NEW.confirmed_by <> '' THEN
            RAISE EXCEPTION 'an answer is confirmed after it was written down' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.confirmed_by <> '' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'an answer is confirmed once, and does not change' USING ERRCODE = 'check_violation';
    END IF;
    NEW.confirmed_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE TRIGGER consent_consent_insert BEFORE INSERT ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION consent_consent_insert();
CREATE TRIGGER consent_consent_rules BEFORE UPDATE ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION consent_consent_rules();
CREATE TRIGGER consent_record_write AFTER INSERT OR UPDATE ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION consent_record_write();
CREATE TRIGGER consent_record_never BEFORE UPDATE OR DELETE ON consent_record
    FOR EACH ROW EXECUTE FUNCTION consent_never();
CREATE TRIGGER consent_receipt_never BEFORE UPDATE OR DELETE ON consent_receipt
    FOR EACH ROW EXECUTE FUNCTION consent_never();
CREATE TRIGGER consent_answer_rules BEFORE INSERT OR UPDATE ON consent_answer
    FOR EACH ROW EXECUTE FUNCTION consent_answer_rules();
"""
UNDONE = """
DROP FUNCTION consent_answer_rules() CASCADE;
DROP FUNCTION consent_never() CASCADE;
DROP FUNCTION consent_record_write() CASCADE;
DROP FUNCTION consent_consent_insert() CASCADE;
DROP FUNCTION consent_consent_rules() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [migrations.RunSQL(RULES, UNDONE)]
