"""What the database itself refuses, whoever asks and by whatever way.

1. A sheet that was agreed, or superseded, cannot change: not its head, not its entries,
   references, actions or unsettled texts. The one step left is agreed -> superseded. An
   assessment begins open, and takes no step but those of Status' TRANSITIONS.
2. A level or a target lies on the framework's own scale, and a domain is the framework's.
3. A framework that an assessment uses cannot change.

The triggers lock the assessment's row for share before they look at its status, so an
edit and an agreement at the same moment cannot slip past each other.
"""

from django.db import migrations

SHEETS = r"""
CREATE FUNCTION planning_assessments_of(rec jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
    IF rec IS NULL THEN
        RETURN NULL;
    ELSIF rec ? 'assessment_id' THEN
        RETURN (rec ->> 'assessment_id')::bigint;
    ELSIF rec ? 'entry_id' THEN
        RETURN (SELECT assessment_id FROM planning_entry
                WHERE id = (rec ->> 'entry_id')::bigint);
    END IF;
    RETURN (SELECT assessment_id FROM planning_priorityaction
            WHERE id = (rec ->> 'priorityaction_id')::bigint);
END $$;

CREATE FUNCTION planning_refuse_change_of_closed_sheet() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    old_rec jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    new_rec jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
    sheet record;
BEGIN
    FOR sheet IN
        SELECT id, status FROM planning_assessment
        WHERE id IN (planning_assessments_of(old_rec), planning_assessments_of(new_rec))
        ORDER BY id FOR SHARE
    LOOP
        IF sheet.status IN ('agreed', 'superseded') THEN
            RAISE EXCEPTION 'Assessment % is %: an agreed sheet cannot change.',
                sheet.id, sheet.status
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'sheet_closed';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION planning_refuse_change_of_closed_assessment() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('draft', 'illustrative') THEN
            RAISE EXCEPTION 'An assessment begins as a draft or an illustration, not as %.',
                NEW.status
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'assessment_steps';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.status IN ('agreed', 'superseded') THEN
            RAISE EXCEPTION 'Assessment % is %: an agreed sheet cannot be deleted.',
                OLD.id, OLD.status
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'sheet_closed';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.status = 'superseded' AND NEW IS DISTINCT FROM OLD
       OR OLD.status = 'agreed' AND (
           NEW.status NOT IN ('agreed', 'superseded')
           OR to_jsonb(NEW) - 'status' IS DISTINCT FROM to_jsonb(OLD) - 'status')
    THEN
        RAISE EXCEPTION 'Assessment % is %: an agreed sheet cannot change.',
            OLD.id, OLD.status
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'sheet_closed';
    END IF;
    -- What is no status at all is left to the constraint, whose name says so.
    IF NEW.status <> OLD.status
       AND NEW.status IN ('draft', 'illustrative', 'agreed', 'superseded')
       AND (OLD.status, NEW.status) NOT IN (
        ('draft', 'illustrative'), ('illustrative', 'draft'),
        ('draft', 'agreed'), ('agreed', 'superseded'))
    THEN
        RAISE EXCEPTION 'Assessment % cannot go from % to %.', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'assessment_steps';
    END IF;
    IF NEW.framework_id <> OLD.framework_id THEN
        RAISE EXCEPTION 'Assessment % stays on its framework for ever.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'assessment_keeps_its_framework';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION planning_refuse_truncate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('rpcportal.allow_truncate', true), '') <> 'on'
       AND EXISTS (SELECT FROM planning_assessment WHERE status IN ('agreed', 'superseded'))
    THEN
        RAISE EXCEPTION 'There are agreed sheets: they cannot be emptied out.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'sheet_closed';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION planning_check_entry() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    framework bigint := (SELECT framework_id FROM planning_assessment WHERE id = NEW.assessment_id);
    top integer := (SELECT max(number) FROM planning_progresslevel
                    WHERE framework_id = framework);
BEGIN
    IF NOT EXISTS (SELECT FROM planning_domain
                   WHERE id = NEW.domain_id AND framework_id = framework) THEN
        RAISE EXCEPTION 'Domain % is not one of the assessment''s framework.', NEW.domain_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_domain_of_its_framework';
    END IF;
    IF greatest(NEW.level, NEW.target) > top THEN
        RAISE EXCEPTION 'The framework''s highest level is %.', top
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_level_on_the_scale';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION planning_check_action_domain() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM planning_priorityaction a
        JOIN planning_assessment s ON s.id = a.assessment_id
        JOIN planning_domain d ON d.framework_id = s.framework_id
        WHERE a.id = NEW.priorityaction_id AND d.id = NEW.domain_id)
    THEN
        RAISE EXCEPTION 'Domain % is not one of the assessment''s framework.', NEW.domain_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'action_domain_of_its_framework';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER assessment_closed BEFORE INSERT OR UPDATE OR DELETE ON planning_assessment
    FOR EACH ROW EXECUTE FUNCTION planning_refuse_change_of_closed_assessment();
CREATE TRIGGER entry_checked BEFORE INSERT OR UPDATE ON planning_entry
    FOR EACH ROW EXECUTE FUNCTION planning_check_entry();
CREATE TRIGGER action_domain_checked BEFORE INSERT OR UPDATE ON planning_priorityaction_domains
    FOR EACH ROW EXECUTE FUNCTION planning_check_action_domain();
"""

SHEET_TABLES = [
    "planning_entry",
    "planning_evidencereference",
    "planning_priorityaction",
    "planning_priorityaction_domains",
    "planning_unsettledtext",
]

FRAMEWORKS = r"""
CREATE FUNCTION planning_framework_of(table_name text, rec jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
    IF rec IS NULL THEN
        RETURN NULL;
    ELSIF table_name = 'planning_framework' THEN
        RETURN (rec ->> 'id')::bigint;
    ELSIF rec ? 'framework_id' THEN
        RETURN (rec ->> 'framework_id')::bigint;
    END IF;
    RETURN (SELECT framework_id FROM planning_domain WHERE id = (rec ->> 'domain_id')::bigint);
END $$;

CREATE FUNCTION planning_refuse_change_of_used_framework() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    old_rec jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    new_rec jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
BEGIN
    IF EXISTS (
        SELECT FROM planning_assessment WHERE framework_id IN (
            planning_framework_of(TG_TABLE_NAME, old_rec),
            planning_framework_of(TG_TABLE_NAME, new_rec)))
    THEN
        RAISE EXCEPTION 'This framework is in use: load a changed one as a new version.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'framework_in_use';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

FRAMEWORK_TABLES = [
    "planning_framework",
    "planning_progresslevel",
    "planning_dimension",
    "planning_domain",
    "planning_dependency",
    "planning_descriptor",
]


def triggers(tables, name, function):
    """SQL that puts one row trigger and one truncate trigger on each table."""
    return "".join(
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table}\n"
        f"    FOR EACH ROW EXECUTE FUNCTION {function}();\n"
        f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table}\n"
        f"    FOR EACH STATEMENT EXECUTE FUNCTION planning_refuse_truncate();\n"
        for table in tables
    )


FUNCTIONS = [
    "planning_assessments_of(jsonb)",
    "planning_refuse_change_of_closed_sheet()",
    "planning_refuse_change_of_closed_assessment()",
    "planning_refuse_truncate()",
    "planning_check_entry()",
    "planning_check_action_domain()",
    "planning_framework_of(text, jsonb)",
    "planning_refuse_change_of_used_framework()",
]


EMPTYING = (
    "CREATE TRIGGER assessment_truncate BEFORE TRUNCATE ON planning_assessment\n"
    "    FOR EACH STATEMENT EXECUTE FUNCTION planning_refuse_truncate();"
)


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                SHEETS,
                triggers(SHEET_TABLES, "sheet_closed", "planning_refuse_change_of_closed_sheet"),
                EMPTYING,
                FRAMEWORKS,
                triggers(
                    FRAMEWORK_TABLES,
                    "framework_in_use",
                    "planning_refuse_change_of_used_framework",
                ),
            ],
            [f"DROP FUNCTION {function} CASCADE;" for function in FUNCTIONS],
        )
    ]
