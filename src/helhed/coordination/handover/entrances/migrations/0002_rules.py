"""What the database holds of joint entrances, whoever writes: an entrance rests on an adopted model, opens with people of both
administrations and closes when everyone has left; a citizen is attached only with a yes; a visit stays as it was written."""

from django.db import migrations

ENTRANCE = """
CREATE FUNCTION entrances_entrance_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'planned' OR NEW.begun_at IS NOT NULL THEN
        RAISE EXCEPTION 'an entrance is planned before it opens' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM adoption_adoptedmodel a WHERE a.id = NEW.adoption AND a.state = 'approved'
                    AND a.model = NEW.model AND a.staffing = NEW.staffing) THEN
        RAISE EXCEPTION 'an entrance rests on an adopted model, with its staffing' USING ERRCODE = 'check_violation';
    END IF;
    NEW.made_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_entrance_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['name', 'place', 'address', 'state', 'opened_at', 'opened_by', 'begun_at', 'closed_at', 'closed_by'];
    today date := (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date;
BEGIN
    IF OLD.state = 'closed' THEN
        RAISE EXCEPTION 'a closed entrance stays as it was' USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free
       OR (OLD.opened_at IS NOT NULL AND (NEW.opened_at, NEW.opened_by) IS DISTINCT FROM (OLD.opened_at, OLD.opened_by))
       OR (OLD.begun_at IS NOT NULL AND NEW.begun_at IS DISTINCT FROM OLD.begun_at) THEN
        RAISE EXCEPTION 'what an entrance rests on does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'planned' AND OLD.state <> 'planned' THEN
        RAISE EXCEPTION 'an entrance does not go back' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'open' AND OLD.state = 'planned' THEN
        NEW.opened_at := clock_timestamp();
        IF NOT EXISTS (SELECT FROM adoption_adoptedmodel a WHERE a.id = NEW.adoption AND a.state = 'approved'
                        AND a.mode IN ('trial', 'in_force') AND a.valid_from <= today
                        AND (a.valid_to IS NULL OR a.valid_to > today)) THEN
            RAISE EXCEPTION 'an entrance opens only while its model is in use' USING ERRCODE = 'check_violation';
        END IF;
        IF (SELECT count(DISTINCT split_part(t.unit, '/', 1)) FROM entrances_team t
            WHERE t.entrance_id = NEW.id AND t.until IS NULL) < 2 THEN
            RAISE EXCEPTION 'an entrance opens with people of both administrations' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.state = 'closed' THEN
        NEW.closed_at := clock_timestamp();
        IF EXISTS (SELECT FROM entrances_attachment a WHERE a.entrance_id = NEW.id AND a.state IN ('invited', 'attached')) THEN
            RAISE EXCEPTION 'everyone leaves before an entrance closes' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER entrance_begins BEFORE INSERT ON entrances_entrance
    FOR EACH ROW EXECUTE FUNCTION entrances_entrance_begins();
CREATE TRIGGER entrance_way BEFORE UPDATE ON entrances_entrance
    FOR EACH ROW EXECUTE FUNCTION entrances_entrance_way();
"""
STAFF = """
CREATE FUNCTION entrances_team_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until IS NOT NULL OR (NEW.entrance_id, NEW.focus, NEW.since) IS DISTINCT FROM (OLD.entrance_id, OLD.focus, OLD.since)
       OR split_part(NEW.unit, '/', 1) <> split_part(OLD.unit, '/', 1) THEN
        RAISE EXCEPTION 'a team ends or follows its unit, and else stays as it was' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.until IS NOT NULL AND EXISTS (
        SELECT FROM entrances_entrance e WHERE e.id = NEW.entrance_id AND e.state = 'open')
       AND NOT EXISTS (
        SELECT FROM entrances_team t WHERE t.entrance_id = NEW.entrance_id AND t.id <> NEW.id AND t.until IS NULL
            AND split_part(t.unit, '/', 1) = split_part(NEW.unit, '/', 1)) THEN
        RAISE EXCEPTION 'an open entrance keeps people of both administrations' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_staffed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM entrances_team t JOIN entrances_entrance e ON e.id = t.entrance_id
                    WHERE t.id = NEW.team_id AND t.until IS NULL AND e.state <> 'closed' AND e.staffing = TG_ARGV[0]) THEN
        RAISE EXCEPTION 'the entrance is staffed otherwise, or the team has ended' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - TG_ARGV[0] IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV[0] OR to_jsonb(OLD) -> TG_ARGV[0] <> 'null' THEN
        RAISE EXCEPTION 'this ends once, and else stays as it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_outreach_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.team_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM entrances_team t WHERE t.id = NEW.team_id AND t.entrance_id = NEW.entrance_id) THEN
        RAISE EXCEPTION 'the team is of another entrance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER team_way BEFORE UPDATE ON entrances_team FOR EACH ROW EXECUTE FUNCTION entrances_team_way();
CREATE TRIGGER member_staffed BEFORE INSERT ON entrances_member
    FOR EACH ROW EXECUTE FUNCTION entrances_staffed('A');
CREATE TRIGGER member_ends BEFORE UPDATE ON entrances_member
    FOR EACH ROW EXECUTE FUNCTION entrances_ends_once('until');
CREATE TRIGGER roster_staffed BEFORE INSERT ON entrances_rosterday
    FOR EACH ROW EXECUTE FUNCTION entrances_staffed('B');
CREATE TRIGGER roster_ends BEFORE UPDATE ON entrances_rosterday
    FOR EACH ROW EXECUTE FUNCTION entrances_ends_once('cancelled_at');
CREATE TRIGGER outreach_team BEFORE INSERT ON entrances_outreach
    FOR EACH ROW EXECUTE FUNCTION entrances_outreach_team();
CREATE TRIGGER outreach_ends BEFORE UPDATE ON entrances_outreach
    FOR EACH ROW EXECUTE FUNCTION entrances_ends_once('until');
CREATE TRIGGER appointment_ends BEFORE UPDATE ON entrances_appointment
    FOR EACH ROW EXECUTE FUNCTION entrances_ends_once('cancelled_at');
"""
CITIZEN = """
CREATE FUNCTION entrances_attachment_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'invited' OR NEW.leaves_on IS NOT NULL OR NEW.invited_at > clock_timestamp() THEN
        RAISE EXCEPTION 'a citizen is asked before anything else' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM entrances_entrance e WHERE e.id = NEW.entrance_id AND e.state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody is invited to an entrance that is not open' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_attachment_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := '{}';
BEGIN
    IF OLD.state = 'invited' AND NEW.state = 'attached' THEN
        free := ARRAY['state', 'answered_at', 'answered_how', 'answered_by', 'since'];
    ELSIF OLD.state = 'invited' AND NEW.state = 'declined' THEN
        free := ARRAY['state', 'answered_at', 'answered_how', 'answered_by'];
    ELSIF OLD.state IN ('invited', 'attached') AND NEW.state = 'left' THEN
        free := ARRAY['state', 'until', 'reason'];
        IF EXISTS (SELECT FROM entrances_visit v WHERE v.attachment_id = NEW.id AND v.over_at IS NULL) THEN
            RAISE EXCEPTION 'a visit is ended before the citizen leaves' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.state = 'attached' AND NEW.state = 'attached' THEN
        free := ARRAY['leaves_on'];
    ELSE
        RAISE EXCEPTION 'an attachment does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what was asked and answered does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF greatest(NEW.answered_at, NEW.since, NEW.until) > clock_timestamp() THEN
        RAISE EXCEPTION 'nothing is answered before its time' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_appointment_of() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM entrances_attachment a WHERE a.id = NEW.attachment_id AND a.state = 'attached' FOR SHARE;
    IF NOT FOUND OR NEW.cancelled_at IS NOT NULL OR (NEW.outreach_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM entrances_outreach o JOIN entrances_attachment a ON a.entrance_id = o.entrance_id
        WHERE o.id = NEW.outreach_id AND a.id = NEW.attachment_id)) THEN
        RAISE EXCEPTION 'only who is attached is expected, and at this entrance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_visit_begins() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said entrances_attachment;
BEGIN
    SELECT * INTO said FROM entrances_attachment a WHERE a.id = NEW.attachment_id FOR SHARE;
    IF said.state IS DISTINCT FROM 'attached' THEN
        RAISE EXCEPTION 'only who is attached comes to a joint entrance' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.bif_at IS NOT NULL OR NEW.sof_at IS NOT NULL OR NEW.over_at IS NOT NULL THEN
        RAISE EXCEPTION 'a citizen comes before anybody has served the citizen' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.came_at > clock_timestamp() OR NEW.came_at < said.since
       OR NEW.day <> (NEW.came_at AT TIME ZONE 'Europe/Copenhagen')::date THEN
        RAISE EXCEPTION 'a visit is on the day the citizen came, while attached' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.outreach_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM entrances_outreach o WHERE o.id = NEW.outreach_id AND o.entrance_id = said.entrance_id) THEN
        RAISE EXCEPTION 'the place is of another entrance' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entrances_visit_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.over_at IS NOT NULL
       OR (NEW.id, NEW.attachment_id, NEW.day, NEW.came_at, NEW.came_by, NEW.outreach_id)
          IS DISTINCT FROM (OLD.id, OLD.attachment_id, OLD.day, OLD.came_at, OLD.came_by, OLD.outreach_id)
       OR (OLD.bif_at IS NOT NULL AND (NEW.bif_at, NEW.bif_by, NEW.bif_unit)
          IS DISTINCT FROM (OLD.bif_at, OLD.bif_by, OLD.bif_unit))
       OR (OLD.sof_at IS NOT NULL AND (NEW.sof_at, NEW.sof_by, NEW.sof_unit)
          IS DISTINCT FROM (OLD.sof_at, OLD.sof_by, OLD.sof_unit)) THEN
        RAISE EXCEPTION 'what is written of a visit stays' USING ERRCODE = 'check_violation';
    END IF;
    IF least(NEW.bif_at, NEW.sof_at, NEW.over_at) < NEW.came_at
       OR greatest(NEW.bif_at, NEW.sof_at, NEW.over_at) > clock_timestamp() THEN
        RAISE EXCEPTION 'nobody is served before coming, or in time to come' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER attachment_begins BEFORE INSERT ON entrances_attachment
    FOR EACH ROW EXECUTE FUNCTION entrances_attachment_begins();
CREATE TRIGGER attachment_way BEFORE UPDATE ON entrances_attachment
    FOR EACH ROW EXECUTE FUNCTION entrances_attachment_way();
CREATE TRIGGER appointment_of BEFORE INSERT ON entrances_appointment
    FOR EACH ROW EXECUTE FUNCTION entrances_appointment_of();
CREATE TRIGGER visit_begins BEFORE INSERT ON entrances_visit
    FOR EACH ROW EXECUTE FUNCTION entrances_visit_begins();
CREATE TRIGGER visit_way BEFORE UPDATE ON entrances_visit
    FOR EACH ROW EXECUTE FUNCTION entrances_visit_way();
"""
UNDONE = """
DROP FUNCTION entrances_entrance_begins() CASCADE;
DROP FUNCTION entrances_entrance_way() CASCADE;
DROP FUNCTION entrances_team_way() CASCADE;
DROP FUNCTION entrances_staffed() CASCADE;
DROP FUNCTION entrances_ends_once() CASCADE;
DROP FUNCTION entrances_outreach_team() CASCADE;
DROP FUNCTION entrances_attachment_begins() CASCADE;
DROP FUNCTION entrances_attachment_way() CASCADE;
DROP FUNCTION entrances_appointment_of() CASCADE;
DROP FUNCTION entrances_visit_begins() CASCADE;
DROP FUNCTION entrances_visit_way() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("entrances", "0001_initial"), ("adoption", "0001_initial")]

    operations = [migrations.RunSQL(ENTRANCE + STAFF + CITIZEN, UNDONE)]
