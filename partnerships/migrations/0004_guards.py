"""What must always be true of people, whoever writes to the database."""

from django.db import migrations, models

ROLES = ["coordinator", "facilitator", "lead", "editor", "reader"]

# Deferred to the end of the transaction, so that two coordinators can swap roles in one. The
# partnership's row is locked, so that two cannot leave at the same moment, each relying on
# the other.
KEEPS_A_COORDINATOR = """
CREATE FUNCTION partnerships_check_coordinator(which bigint) RETURNS void AS $$
BEGIN
    PERFORM 1 FROM partnerships_partnership WHERE id = which FOR UPDATE;
    IF FOUND AND NOT EXISTS (
        SELECT 1 FROM partnerships_membership m JOIN partnerships_user u ON u.id = m.user_id
        WHERE m.partnership_id = which AND m.role = 'coordinator' AND u.is_active
    ) THEN
        RAISE EXCEPTION 'A partnership keeps at least one coordinator.'
            USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'partnership_keeps_a_coordinator';
    END IF;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION partnerships_membership_left() RETURNS trigger AS $$
BEGIN
    IF OLD.role = 'coordinator' THEN
        PERFORM partnerships_check_coordinator(OLD.partnership_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION partnerships_user_left() RETURNS trigger AS $$
BEGIN
    IF OLD.is_active AND NOT NEW.is_active THEN
        PERFORM partnerships_check_coordinator(partnership_id)
        FROM partnerships_membership WHERE user_id = OLD.id AND role = 'coordinator';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE CONSTRAINT TRIGGER keeps_a_coordinator
    AFTER DELETE OR UPDATE ON partnerships_membership
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION partnerships_membership_left();

CREATE CONSTRAINT TRIGGER keeps_a_coordinator
    AFTER UPDATE OF is_active ON partnerships_user
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION partnerships_user_left();
"""
NO_COORDINATOR_RULE = """
DROP TRIGGER keeps_a_coordinator ON partnerships_user;
DROP TRIGGER keeps_a_coordinator ON partnerships_membership;
DROP FUNCTION partnerships_user_left();
DROP FUNCTION partnerships_membership_left();
DROP FUNCTION partnerships_check_coordinator(bigint);
"""

WITHIN_THE_PARTNERSHIP = """
CREATE FUNCTION partnerships_affiliation_within() RETURNS trigger AS $$
BEGIN
    IF (SELECT partnership_id FROM partnerships_membership WHERE id = NEW.membership_id)
        <> (SELECT partnership_id FROM partnerships_organisation WHERE id = NEW.organisation_id)
    THEN
        RAISE EXCEPTION 'The organisation belongs to another partnership.'
            USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'affiliation_within_the_partnership';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION partnerships_invitation_within() RETURNS trigger AS $$
BEGIN
    IF NEW.partnership_id
        <> (SELECT partnership_id FROM partnerships_organisation WHERE id = NEW.organisation_id)
    THEN
        RAISE EXCEPTION 'The organisation belongs to another partnership.'
            USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'invitation_within_the_partnership';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE TRIGGER within_the_partnership BEFORE INSERT OR UPDATE ON partnerships_affiliation
    FOR EACH ROW EXECUTE FUNCTION partnerships_affiliation_within();
CREATE TRIGGER within_the_partnership BEFORE INSERT OR UPDATE ON partnerships_invitation
    FOR EACH ROW EXECUTE FUNCTION partnerships_invitation_within();
"""
NO_WITHIN_RULE = """
DROP TRIGGER within_the_partnership ON partnerships_invitation;
DROP TRIGGER within_the_partnership ON partnerships_affiliation;
DROP FUNCTION partnerships_invitation_within();
DROP FUNCTION partnerships_affiliation_within();
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_roles_and_addresses")]

    operations = [
        migrations.RemoveField(model_name="membership", name="organisation"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(role__in=ROLES), name="membership_role_known"
            ),
        ),
        migrations.RunSQL(KEEPS_A_COORDINATOR, NO_COORDINATOR_RULE),
        migrations.RunSQL(WITHIN_THE_PARTNERSHIP, NO_WITHIN_RULE),
    ]
