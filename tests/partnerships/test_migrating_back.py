"""A portal that was brought up to date must go back: nobody loses their role or their place."""

from tests.partnerships.test_migrating import FIRST_RELEASE, empty_database, fill, migrate_to


def test_the_way_back_gives_the_old_roles_and_organisations(django_db_setup, django_db_blocker):
    """For whoever must go back on the day of that upgrade, before any later one."""
    with django_db_blocker.unblock(), empty_database():
        fill(migrate_to(FIRST_RELEASE))
        migrate_to([("partnerships", "0003_roles_and_addresses")])
        apps = migrate_to([("partnerships", "0001_initial")])
        rows = apps.get_model("partnerships", "Membership").objects.values_list(
            "user__email", "partnership__slug", "role", "organisation__name"
        )
        assert set(rows) == {
            ("cora@x.org", "rochdale", "coordinator", None),
            ("cora@x.org", "bolton", "coordinator", None),
            ("ada@x.org", "rochdale", "partner", "Homes"),
            ("ada@x.org", "bolton", "facilitator", "Police"),
            ("ben@x.org", "rochdale", "partner", None),
            ("rea@x.org", "rochdale", "reader", "Homes"),
        }
