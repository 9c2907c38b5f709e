"""What the database itself holds of spells, drafts and adopted versions.

That a person has one value a day in a version was an exclusion constraint first. Measured on PostgreSQL 18 with the 909,000
spells of 60,000 people: 14 s of a first count of 20 s went to its index, 6.9 s when it was built after the load; the unique
index and the trigger below take 0.6 s and 0.7 s. The trigger sees what it must, because whoever writes spells waits for
whoever writes them already. Keys to persons and versions are checked for all rows of a statement together, as the
register does; that what they refer to stays is held by refusing every delete.
"""

from django.db import migrations

SPELLS = """
CREATE FUNCTION membership_one_writer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1751477352);
    RETURN NULL;
END $$;

CREATE FUNCTION membership_version_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT version_id FROM arrived) a
               WHERE NOT EXISTS (SELECT 1 FROM membership_groupversion v WHERE v.id = a.version_id))
    THEN RAISE foreign_key_violation USING MESSAGE = 'membership_spell: a row refers to a version that does not exist';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION membership_one_value_a_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM arrived a
          JOIN membership_spell s ON s.person_id = a.person_id AND s.version_id = a.version_id
           AND s.known_to IS NULL AND s.id <> a.id
           AND s.start < coalesce(a."end", 'infinity') AND coalesce(s."end", 'infinity') > a.start
         WHERE a.known_to IS NULL)
    THEN RAISE exclusion_violation USING MESSAGE =
        'spell_one_value_a_day: a person has two values on the same day in the same version';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER spell_one_writer BEFORE INSERT ON membership_spell
FOR EACH STATEMENT EXECUTE FUNCTION membership_one_writer();
CREATE TRIGGER spell_person_known AFTER INSERT ON membership_spell REFERENCING NEW TABLE AS arrived
FOR EACH STATEMENT EXECUTE FUNCTION register_person_known();
CREATE TRIGGER spell_version_known AFTER INSERT ON membership_spell REFERENCING NEW TABLE AS arrived
FOR EACH STATEMENT EXECUTE FUNCTION membership_version_known();
CREATE TRIGGER spell_one_value_a_day AFTER INSERT ON membership_spell REFERENCING NEW TABLE AS arrived
FOR EACH STATEMENT EXECUTE FUNCTION membership_one_value_a_day();
CREATE TRIGGER spell_closed BEFORE UPDATE ON membership_spell
FOR EACH ROW WHEN (OLD.known_to IS NOT NULL) EXECUTE FUNCTION register_closed();
CREATE TRIGGER groupversion_stays BEFORE DELETE ON membership_groupversion
FOR EACH STATEMENT EXECUTE FUNCTION register_stays();
"""
UNDO_SPELLS = """
DROP TRIGGER spell_person_known ON membership_spell;
DROP TRIGGER spell_closed ON membership_spell;
DROP TRIGGER groupversion_stays ON membership_groupversion;
DROP FUNCTION membership_one_writer() CASCADE;
DROP FUNCTION membership_version_known() CASCADE;
DROP FUNCTION membership_one_value_a_day() CASCADE;
"""

DRAFTS = """
CREATE FUNCTION membership_draft_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'adopted' THEN
        RAISE restrict_violation USING MESSAGE = 'membership_draft: what is adopted stays as it was';
    END IF;
    IF NEW.owner <> OLD.owner THEN
        RAISE restrict_violation USING MESSAGE = 'membership_draft: who drew it stays';
    END IF;
    IF NEW.state IN ('adopted', 'rejected') AND NEW.state <> OLD.state AND OLD.state <> 'sent' THEN
        RAISE restrict_violation USING MESSAGE = 'membership_draft: only what is sent is decided';
    END IF;
    IF OLD.state = 'sent' AND NEW.state <> 'withdrawn'
       AND (NEW.key, NEW.label_da, NEW.label_en, NEW.base_key, NEW.criteria, NEW.sent_by)
           IS DISTINCT FROM (OLD.key, OLD.label_da, OLD.label_en, OLD.base_key, OLD.criteria, OLD.sent_by) THEN
        RAISE restrict_violation USING MESSAGE = 'membership_draft: what is sent is decided as it was sent';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION membership_adopted_as_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM membership_draft d
         WHERE d.id = NEW.draft_id AND d.state = 'adopted' AND d.key = NEW.key AND d.label_da = NEW.label_da
           AND d.label_en = NEW.label_en AND d.criteria = NEW.criteria AND d.valid_from = NEW.valid_from
           AND d.owner = NEW.drafted_by AND d.decided_by = NEW.approved_by)
    THEN RAISE restrict_violation USING MESSAGE = 'membership_adoption: it says otherwise than the draft that was approved';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draft_way BEFORE UPDATE ON membership_draft
FOR EACH ROW EXECUTE FUNCTION membership_draft_way();
CREATE TRIGGER draft_stays BEFORE DELETE ON membership_draft
FOR EACH STATEMENT EXECUTE FUNCTION register_stays();
CREATE TRIGGER adoption_as_sent BEFORE INSERT ON membership_adoption
FOR EACH ROW EXECUTE FUNCTION membership_adopted_as_sent();
CREATE TRIGGER adoption_stays BEFORE DELETE ON membership_adoption
FOR EACH STATEMENT EXECUTE FUNCTION register_stays();
"""
UNDO_DRAFTS = """
DROP TRIGGER draft_stays ON membership_draft;
DROP TRIGGER adoption_stays ON membership_adoption;
DROP FUNCTION membership_draft_way() CASCADE;
DROP FUNCTION membership_adopted_as_sent() CASCADE;
"""

CHANGING = (
    "key label_da label_en base_key criteria note shared state sent_by sent_at decided_by decided_at reason "
    "valid_from changed_at edition"
)
GRANTS = [
    "GRANT SELECT, INSERT ON membership_draft, membership_adoption TO helhed_web",
    f"GRANT UPDATE ({', '.join(CHANGING.split())}) ON membership_draft TO helhed_web",
    "GRANT UPDATE (counted_at) ON membership_adoption TO helhed_web",
]


class Migration(migrations.Migration):
    dependencies = [("membership", "0003_drafts"), ("register", "0002_guards")]

    operations = [
        migrations.RunSQL(SPELLS, UNDO_SPELLS),
        migrations.RunSQL(DRAFTS, UNDO_DRAFTS),
        migrations.RunSQL(GRANTS, "REVOKE ALL ON membership_draft, membership_adoption FROM helhed_web"),
    ]
