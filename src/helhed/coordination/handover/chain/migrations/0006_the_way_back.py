"""A return comes to nothing only while nobody has accepted it, and only on what says that its ground is there again: evidence
made since that the criteria are true, or a consent in force to the unit that took over."""

from django.db import migrations

LAPSES = """
CREATE FUNCTION handover_return_lapses() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    over handover_chain;
    consent consent_consent;
BEGIN
    IF OLD.state NOT IN ('proposed', 'decided', 'offered') THEN
        PERFORM handover_refuse('a return that was accepted is carried out');
    END IF;
    IF NEW.cause = 'lapsed' AND NOT EXISTS (SELECT FROM handover_evidence e WHERE e.id = NEW.evidence
        AND e.person_key = NEW.person_key AND e."group" = NEW.model AND e.verdict = 'true' AND e.at >= NEW.opened_at) THEN
        PERFORM handover_refuse('the citizen does not stand in the group again');
    END IF;
    IF NEW.cause = 'consent' THEN
        SELECT * INTO over FROM handover_chain WHERE id = NEW.returns_id;
        SELECT * INTO consent FROM consent_consent WHERE id = NEW.consent FOR SHARE;
        IF consent.id IS NULL OR consent.person_key <> NEW.person_key OR consent.kind <> 'helhedsorienteret-plan'
            OR consent.state <> 'given' OR consent.valid_from > clock_timestamp() OR consent.valid_to <= clock_timestamp()
            OR NOT (access_below(over.to_unit, consent.recipients::text[])
                OR access_below(NEW.from_unit, consent.recipients::text[])) THEN
            PERFORM handover_refuse('no consent is in force again');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER handover_return_lapses BEFORE UPDATE ON handover_chain FOR EACH ROW
    WHEN (NEW.direction = 'back' AND NEW.state = 'lapsed' AND OLD.state <> 'lapsed')
    EXECUTE FUNCTION handover_return_lapses();
"""
UNDONE = "DROP FUNCTION handover_return_lapses() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("handover", "0005_read")]

    operations = [migrations.RunSQL(LAPSES, UNDONE)]
