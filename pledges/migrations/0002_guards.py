"""What hangs together belongs to one partnership, whoever writes to the database."""

from django.db import migrations

WITHIN = r"""
CREATE FUNCTION pledges_check_within(
    here bigint, there bigint, what text, name text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF there <> here THEN
        RAISE EXCEPTION 'The % belongs to another partnership.', what
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = name;
    END IF;
END $$;

CREATE FUNCTION pledges_action_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pledges_check_within(NEW.partnership_id, partnership_id, 'organisation',
        'action_within_the_partnership')
        FROM partnerships_organisation WHERE id = NEW.organisation_id;
    PERFORM pledges_check_within(NEW.partnership_id, partnership_id, 'pledge',
        'action_within_the_partnership') FROM pledges_pledge WHERE id = NEW.pledge_id;
    PERFORM pledges_check_within(NEW.partnership_id, partnership_id, 'action',
        'action_within_the_partnership') FROM pledges_action WHERE id = NEW.blocked_by_id;
    PERFORM pledges_check_within(NEW.partnership_id, a.partnership_id, 'priority action',
        'action_within_the_partnership')
        FROM planning_priorityaction p JOIN planning_assessment a ON a.id = p.assessment_id
        WHERE p.id = NEW.priority_action_id;
    RETURN NEW;
END $$;

CREATE FUNCTION pledges_pledge_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pledges_check_within(NEW.partnership_id, partnership_id, 'organisation',
        'pledge_within_the_partnership')
        FROM partnerships_organisation WHERE id = NEW.organisation_id;
    RETURN NEW;
END $$;

CREATE FUNCTION pledges_signing_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pledges_check_within(p.partnership_id, m.partnership_id, 'manifesto',
        'signing_within_the_partnership')
        FROM pledges_pledge p, partnerships_manifesto m
        WHERE p.id = NEW.pledge_id AND m.id = NEW.manifesto_id;
    RETURN NEW;
END $$;

CREATE FUNCTION pledges_answer_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pledges_check_within(NEW.partnership_id, a.partnership_id, 'priority action',
        'answer_within_the_partnership')
        FROM planning_priorityaction p JOIN planning_assessment a ON a.id = p.assessment_id
        WHERE p.id = NEW.priority_action_id;
    RETURN NEW;
END $$;

CREATE TRIGGER within_the_partnership BEFORE INSERT
    OR UPDATE OF partnership_id, organisation_id, pledge_id, blocked_by_id, priority_action_id
    ON pledges_action FOR EACH ROW EXECUTE FUNCTION pledges_action_within();
CREATE TRIGGER within_the_partnership BEFORE INSERT OR UPDATE OF partnership_id, organisation_id
    ON pledges_pledge FOR EACH ROW EXECUTE FUNCTION pledges_pledge_within();
CREATE TRIGGER within_the_partnership BEFORE INSERT OR UPDATE
    ON pledges_signing FOR EACH ROW EXECUTE FUNCTION pledges_signing_within();
CREATE TRIGGER within_the_partnership BEFORE INSERT OR UPDATE
    ON pledges_answer FOR EACH ROW EXECUTE FUNCTION pledges_answer_within();
"""
NOT_WITHIN = """
DROP TRIGGER within_the_partnership ON pledges_answer;
DROP TRIGGER within_the_partnership ON pledges_signing;
DROP TRIGGER within_the_partnership ON pledges_pledge;
DROP TRIGGER within_the_partnership ON pledges_action;
DROP FUNCTION pledges_answer_within();
DROP FUNCTION pledges_signing_within();
DROP FUNCTION pledges_pledge_within();
DROP FUNCTION pledges_action_within();
DROP FUNCTION pledges_check_within(bigint, bigint, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]

    operations = [migrations.RunSQL(WITHIN, NOT_WITHIN)]
