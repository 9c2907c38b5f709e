"""What the database itself holds of safeguards: an emergency access opens once and is only closed and judged afterwards,
an embargo is only lifted, what was drawn stays, and whoever is new is embargoed wherever the person comes from."""

from django.db import migrations

EMERGENCY = """
CREATE FUNCTION safeguards_emergency_opens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.username || ' ' || NEW.person_key, 1397114184));
    IF char_length(btrim(NEW.reason)) < 20 THEN
        RAISE check_violation USING MESSAGE = 'emergency_says_why: the reason is too short';
    END IF;
    IF NEW.closed_at IS NOT NULL OR NEW.verdict <> '' THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_emergency: it is opened before it is closed or judged';
    END IF;
    IF EXISTS (SELECT FROM safeguards_emergency e WHERE e.username = NEW.username AND e.person_key = NEW.person_key
                AND e.opened_at < NEW.until AND least(e.until, e.closed_at) > NEW.opened_at) THEN
        RAISE exclusion_violation USING MESSAGE =
            'emergency_one_open: this user has the person open in an emergency already';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION safeguards_emergency_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.person_key, NEW.username, NEW.unit, NEW.reason, NEW.opened_at, NEW.until)
       IS DISTINCT FROM (OLD.id, OLD.person_key, OLD.username, OLD.unit, OLD.reason, OLD.opened_at, OLD.until) THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_emergency: what was opened stays as it was';
    END IF;
    IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_emergency: it is closed once';
    END IF;
    IF OLD.verdict <> '' AND (NEW.verdict, NEW.seen_by, NEW.seen_at, NEW.verdict_note)
       IS DISTINCT FROM (OLD.verdict, OLD.seen_by, OLD.seen_at, OLD.verdict_note) THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_emergency: the second look is taken once';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER emergency_opens BEFORE INSERT ON safeguards_emergency
FOR EACH ROW EXECUTE FUNCTION safeguards_emergency_opens();
CREATE TRIGGER emergency_way BEFORE UPDATE ON safeguards_emergency
FOR EACH ROW EXECUTE FUNCTION safeguards_emergency_way();
"""
UNDO_EMERGENCY = """
DROP FUNCTION safeguards_emergency_opens() CASCADE;
DROP FUNCTION safeguards_emergency_way() CASCADE;
"""

EMBARGO = """
CREATE FUNCTION safeguards_embargo_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL OR (NEW.person_key, NEW.since, NEW.reason)
       IS DISTINCT FROM (OLD.person_key, OLD.since, OLD.reason) THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_embargo: an embargo is lifted once and else stays as it was';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION safeguards_newcomers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM safeguards_embargotime WHERE ended_at IS NULL) THEN
        INSERT INTO safeguards_embargo (person_key, since, reason, lifted_by, lifted_note)
        SELECT key, now(), 'first seen in a delivery', '', '' FROM arrived;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER embargo_way BEFORE UPDATE ON safeguards_embargo
FOR EACH ROW EXECUTE FUNCTION safeguards_embargo_way();
CREATE TRIGGER person_new AFTER INSERT ON register_person REFERENCING NEW TABLE AS arrived
FOR EACH STATEMENT EXECUTE FUNCTION safeguards_newcomers();
"""
UNDO_EMBARGO = """
DROP FUNCTION safeguards_embargo_way() CASCADE;
DROP FUNCTION safeguards_newcomers() CASCADE;
"""

SAMPLES = """
CREATE FUNCTION safeguards_sample_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.filed_at IS NOT NULL
       OR (NEW.unit, NEW.month, NEW.until, NEW.extra, NEW.seed, NEW.size, NEW.population, NEW.population_sha256, NEW.drawn_at, NEW.drawn_by)
       IS DISTINCT FROM
          (OLD.unit, OLD.month, OLD.until, OLD.extra, OLD.seed, OLD.size, OLD.population, OLD.population_sha256, OLD.drawn_at, OLD.drawn_by) THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_sample: what was drawn stays; it is filed once';
    END IF;
    IF EXISTS (SELECT FROM safeguards_sampledlook l WHERE l.sample_id = OLD.id AND l.need = '') THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_sample: it is filed when every look is judged';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION safeguards_sampled_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.sample_id, NEW.event, NEW.watched) IS DISTINCT FROM (OLD.sample_id, OLD.event, OLD.watched) THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_sampledlook: what was drawn stays as it was';
    END IF;
    IF EXISTS (SELECT FROM safeguards_sample s WHERE s.id = OLD.sample_id AND s.filed_at IS NOT NULL) THEN
        RAISE restrict_violation USING MESSAGE = 'safeguards_sampledlook: the sample is filed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER sample_way BEFORE UPDATE ON safeguards_sample
FOR EACH ROW EXECUTE FUNCTION safeguards_sample_way();
CREATE TRIGGER sampled_way BEFORE UPDATE ON safeguards_sampledlook
FOR EACH ROW EXECUTE FUNCTION safeguards_sampled_way();
"""
UNDO_SAMPLES = """
DROP FUNCTION safeguards_sample_way() CASCADE;
DROP FUNCTION safeguards_sampled_way() CASCADE;
"""

TABLES = ("emergency", "embargotime", "embargo", "identityreview", "sample", "sampledlook", "watch")
STAYS = [
    f"CREATE TRIGGER {table}_stays BEFORE DELETE ON safeguards_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION register_stays()"
    for table in TABLES
]
UNDO_STAYS = [f"DROP TRIGGER {table}_stays ON safeguards_{table}" for table in TABLES]
ALL = ", ".join(f"safeguards_{table}" for table in TABLES)
GRANTS = [
    f"GRANT SELECT, INSERT ON {ALL} TO helhed_web",
    "GRANT UPDATE (closed_at, seen_by, seen_at, verdict, verdict_note) ON safeguards_emergency TO helhed_web",
    "GRANT UPDATE (ended_at) ON safeguards_embargotime TO helhed_web",
    "GRANT UPDATE (lifted_at, lifted_by, lifted_note) ON safeguards_embargo TO helhed_web",
    "GRANT UPDATE (filed_at, filed_by) ON safeguards_sample TO helhed_web",
    "GRANT UPDATE (need, case_ref, note, judged_by, judged_at) ON safeguards_sampledlook TO helhed_web",
    "GRANT UPDATE (ended_at, ended_by) ON safeguards_watch TO helhed_web",
]


class Migration(migrations.Migration):
    dependencies = [("safeguards", "0001_initial"), ("register", "0003_killed")]

    operations = [
        migrations.RunSQL(EMERGENCY, UNDO_EMERGENCY),
        migrations.RunSQL(EMBARGO, UNDO_EMBARGO),
        migrations.RunSQL(SAMPLES, UNDO_SAMPLES),
        migrations.RunSQL(STAYS, UNDO_STAYS),
        migrations.RunSQL(GRANTS, f"REVOKE ALL ON {ALL} FROM helhed_web"),
    ]
