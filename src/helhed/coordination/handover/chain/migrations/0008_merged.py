"""Two persons who are one: what was under the key of the one who is read as the other comes under that person's.

The running program cannot change whom anything is about; a function of the owner's does, and only for two persons whom the
register says are one (or, back again, are two), for the rows it has put down that it moved.
"""

import uuid

from django.db import migrations, models
from django.db.models.functions import Now

SPLIT = """
DROP TRIGGER tasks_task_rules ON tasks_task;
CREATE TRIGGER tasks_task_rules BEFORE INSERT ON tasks_task FOR EACH ROW EXECUTE FUNCTION tasks_task_rules();
CREATE TRIGGER tasks_task_changes BEFORE UPDATE ON tasks_task FOR EACH ROW
    WHEN (OLD.person_key = NEW.person_key) EXECUTE FUNCTION tasks_task_rules();
DROP TRIGGER sanctions_sanction_rules ON sanctions_sanction;
CREATE TRIGGER sanctions_sanction_rules BEFORE INSERT ON sanctions_sanction
    FOR EACH ROW EXECUTE FUNCTION sanctions_sanction_rules();
CREATE TRIGGER sanctions_sanction_changes BEFORE UPDATE ON sanctions_sanction FOR EACH ROW
    WHEN (OLD.person_key = NEW.person_key) EXECUTE FUNCTION sanctions_sanction_rules();
DROP TRIGGER attachment_way ON entrances_attachment;
CREATE TRIGGER attachment_way BEFORE UPDATE ON entrances_attachment FOR EACH ROW
    WHEN (OLD.person_key = NEW.person_key) EXECUTE FUNCTION entrances_attachment_way();
DROP TRIGGER handover_chain_rules ON handover_chain;
CREATE TRIGGER handover_chain_rules BEFORE UPDATE ON handover_chain FOR EACH ROW
    WHEN (OLD.person_key = NEW.person_key) EXECUTE FUNCTION handover_chain_rules();
DROP TRIGGER handover_chain_moves ON handover_chain;
CREATE CONSTRAINT TRIGGER handover_chain_moves AFTER UPDATE ON handover_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'effective' AND OLD.person_key = NEW.person_key)
    EXECUTE FUNCTION handover_chain_moves();
DROP TRIGGER handover_family_moves ON handover_chain;
CREATE CONSTRAINT TRIGGER handover_family_moves AFTER UPDATE ON handover_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'effective' AND NEW.direction = 'over' AND NEW.family IS NOT NULL AND OLD.person_key = NEW.person_key)
    EXECUTE FUNCTION handover_family_moves();

-- Only the person of a row changes, and nothing else of it.
CREATE FUNCTION handover_only_whom() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF to_jsonb(OLD) - 'person_key' IS DISTINCT FROM to_jsonb(NEW) - 'person_key'
        OR coalesce(current_setting('handover.followed', true), '') <> OLD.person_key::text || ' ' || NEW.person_key::text THEN
        PERFORM handover_refuse('whom a row is about changes only where two persons are one, and nothing else with it');
    END IF;
    RETURN NEW;
END $$;
"""
WHOM = "".join(
    f"""
CREATE TRIGGER {name}_whom BEFORE UPDATE ON {name} FOR EACH ROW
    WHEN (OLD.person_key <> NEW.person_key) EXECUTE FUNCTION handover_only_whom();
"""
    for name in (
        "tasks_task",
        "sanctions_sanction",
        "letters_letter",
        "entrances_attachment",
        "handover_chain",
    )
)
FOLLOWED = """
-- Whether the register says that these two are one; or, parted, that they were and are two again.
CREATE FUNCTION handover_are_one(m handover_merged, parted boolean) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM register_merge r JOIN register_person k ON k.id = r.kept_id JOIN register_person g ON g.id = r.gone_id
        WHERE r.id = m.merge AND k.key = m.kept AND g.key = m.gone AND (r.known_to IS NOT NULL) = parted)
$$;

CREATE FUNCTION handover_merged_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT handover_are_one(NEW, false) OR NEW.parted_at IS NOT NULL OR NEW.rows <> '{}' THEN
        PERFORM handover_refuse('the register does not say that these two are one');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handover_merged_begins BEFORE INSERT ON handover_merged
    FOR EACH ROW EXECUTE FUNCTION handover_merged_begins();

CREATE FUNCTION handover_follow(asked uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    m handover_merged;
    moved jsonb := '{}';
    ids uuid[];
BEGIN
    SELECT * INTO m FROM handover_merged WHERE id = asked FOR UPDATE;
    IF m.id IS NULL OR m.rows <> '{}' OR NOT handover_are_one(m, false) THEN
        PERFORM handover_refuse('the register does not say that these two are one');
    END IF;
    UPDATE entrances_visit v SET over_at = clock_timestamp() FROM entrances_attachment a
    WHERE v.attachment_id = a.id AND v.over_at IS NULL AND a.person_key = m.gone AND EXISTS (SELECT FROM entrances_attachment o
        WHERE o.person_key = m.kept AND o.entrance_id = a.entrance_id AND o.state IN ('invited', 'attached'));
    UPDATE entrances_attachment a SET state = 'left', until = clock_timestamp(), reason = 'group'
    WHERE a.person_key = m.gone AND a.state IN ('invited', 'attached') AND EXISTS (SELECT FROM entrances_attachment o
        WHERE o.person_key = m.kept AND o.entrance_id = a.entrance_id AND o.state IN ('invited', 'attached'));
    PERFORM set_config('handover.followed', m.gone::text || ' ' || m.kept::text, true);
    WITH done AS (UPDATE tasks_task SET person_key = m.kept WHERE person_key = m.gone RETURNING id)
    SELECT array_agg(id) INTO ids FROM done;
    moved := moved || jsonb_build_object('tasks', coalesce(to_jsonb(ids), '[]'));
    WITH done AS (UPDATE sanctions_sanction SET person_key = m.kept WHERE person_key = m.gone RETURNING id)
    SELECT array_agg(id) INTO ids FROM done;
    moved := moved || jsonb_build_object('sanctions', coalesce(to_jsonb(ids), '[]'));
    WITH done AS (UPDATE letters_letter l SET person_key = m.kept WHERE l.person_key = m.gone AND NOT EXISTS (
        SELECT FROM letters_letter o WHERE o.person_key = m.kept AND o.step = l.step AND o.kind = l.kind) RETURNING l.id)
    SELECT array_agg(id) INTO ids FROM done;
    moved := moved || jsonb_build_object('letters', coalesce(to_jsonb(ids), '[]'));
    WITH done AS (UPDATE entrances_attachment SET person_key = m.kept WHERE person_key = m.gone RETURNING id)
    SELECT array_agg(id) INTO ids FROM done;
    moved := moved || jsonb_build_object('attachments', coalesce(to_jsonb(ids), '[]'));
    -- Where the other's own holding stands, what took effect for this one stays where it was: as history.
    WITH done AS (UPDATE handover_chain SET person_key = m.kept WHERE person_key = m.gone
        AND (m.carried OR (direction = 'over' AND state <> 'effective')) RETURNING id)
    SELECT array_agg(id) INTO ids FROM done;
    moved := moved || jsonb_build_object('chains', coalesce(to_jsonb(ids), '[]'));
    PERFORM set_config('handover.followed', '', true);
    UPDATE handover_merged SET rows = moved WHERE id = m.id;
END $$;

CREATE FUNCTION handover_part(asked uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    m handover_merged;
BEGIN
    SELECT * INTO m FROM handover_merged WHERE id = asked FOR UPDATE;
    IF m.id IS NULL OR m.parted_at IS NOT NULL OR NOT handover_are_one(m, true) THEN
        PERFORM handover_refuse('the register does not say that these two are two again');
    END IF;
    PERFORM set_config('handover.followed', m.kept::text || ' ' || m.gone::text, true);
    UPDATE tasks_task SET person_key = m.gone WHERE person_key = m.kept AND m.rows -> 'tasks' ? id::text;
    UPDATE sanctions_sanction SET person_key = m.gone WHERE person_key = m.kept AND m.rows -> 'sanctions' ? id::text;
    UPDATE letters_letter SET person_key = m.gone WHERE person_key = m.kept AND m.rows -> 'letters' ? id::text;
    UPDATE entrances_attachment SET person_key = m.gone WHERE person_key = m.kept AND m.rows -> 'attachments' ? id::text;
    UPDATE handover_chain SET person_key = m.gone WHERE person_key = m.kept AND (m.rows -> 'chains' ? id::text
        OR returns_id IN (SELECT c.id FROM handover_chain c WHERE m.rows -> 'chains' ? c.id::text));
    PERFORM set_config('handover.followed', '', true);
    UPDATE handover_merged SET parted_at = clock_timestamp() WHERE id = m.id;
END $$;

-- The ledger of two who are one changes only so.
CREATE FUNCTION handover_holding_by_merge() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM handover_merged m WHERE m.id = NEW.ref AND NEW.person_key IN (m.kept, m.gone)) THEN
        PERFORM handover_refuse('only those who are one have one holding');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER handover_holding_by_merge AFTER INSERT ON ledger_holding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ground = 'sammenlagt' OR NEW.unit = '-/sammenlagt')
    EXECUTE FUNCTION handover_holding_by_merge();

GRANT SELECT, INSERT ON handover_merged TO helhed_web;
REVOKE EXECUTE ON FUNCTION handover_follow(uuid), handover_part(uuid), handover_are_one(handover_merged, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handover_follow(uuid), handover_part(uuid), handover_are_one(handover_merged, boolean) TO helhed_web;
"""
UNDONE = """
DROP FUNCTION handover_holding_by_merge() CASCADE;
DROP FUNCTION handover_part(uuid);
DROP FUNCTION handover_follow(uuid);
DROP FUNCTION handover_merged_begins() CASCADE;
DROP FUNCTION handover_are_one(handover_merged, boolean);
DROP FUNCTION handover_only_whom() CASCADE;
DROP TRIGGER tasks_task_changes ON tasks_task;
DROP TRIGGER tasks_task_rules ON tasks_task;
CREATE TRIGGER tasks_task_rules BEFORE INSERT OR UPDATE ON tasks_task
    FOR EACH ROW EXECUTE FUNCTION tasks_task_rules();
DROP TRIGGER sanctions_sanction_changes ON sanctions_sanction;
DROP TRIGGER sanctions_sanction_rules ON sanctions_sanction;
CREATE TRIGGER sanctions_sanction_rules BEFORE INSERT OR UPDATE ON sanctions_sanction
    FOR EACH ROW EXECUTE FUNCTION sanctions_sanction_rules();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handover", "0007_families"),
        ("ledger", "0004_merged"),
        ("access", "0007_merged_holdings"),
        ("tasks", "0003_privileges"),
        ("sanctions", "0006_undoing"),
        ("letters", "0004_contact"),
        ("entrances", "0004_departed"),
        ("register", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            "Merged",
            [
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("merge", models.BigIntegerField(unique=True)),
                ("kept", models.UUIDField()),
                ("gone", models.UUIDField()),
                ("carried", models.BooleanField()),
                ("rows", models.JSONField(default=dict)),
                ("followed_at", models.DateTimeField(db_default=Now(), editable=False)),
                ("parted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(f"{SPLIT}{WHOM}{FOLLOWED}", UNDONE),
    ]
