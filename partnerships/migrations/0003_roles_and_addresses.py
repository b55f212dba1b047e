"""Carries over what people are: “partner” becomes partner editor, the one organisation of a
membership becomes the first of several, and every account's address counts as verified.
"""

from django.db import migrations


def carry_over(apps, schema_editor):
    Membership = apps.get_model("partnerships", "Membership")
    Affiliation = apps.get_model("partnerships", "Affiliation")
    User = apps.get_model("partnerships", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    Membership.objects.filter(role="partner").update(role="editor")
    Affiliation.objects.bulk_create(
        Affiliation(membership_id=membership, organisation_id=organisation)
        for membership, organisation in Membership.objects.filter(
            organisation__isnull=False
        ).values_list("pk", "organisation_id")
    )
    for user in User.objects.all():
        user.email = user.email.lower()
        user.save(update_fields=["email"])
        EmailAddress.objects.get_or_create(
            user_id=user.pk, email=user.email, defaults={"verified": True, "primary": True}
        )


def carry_back(apps, schema_editor):
    Membership = apps.get_model("partnerships", "Membership")
    Affiliation = apps.get_model("partnerships", "Affiliation")
    Membership.objects.filter(role__in=["lead", "editor"]).update(role="partner")
    for membership, organisation in Affiliation.objects.values_list(
        "membership_id", "organisation_id"
    ):
        Membership.objects.filter(pk=membership).update(organisation_id=organisation)
    # Keys are looked at when a transaction ends; a table that waits for it cannot be changed.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("partnerships", "0002_history"),
    ]

    operations = [
        # The old rule on roles goes first: it knows nothing of the new ones.
        migrations.RemoveConstraint(model_name="membership", name="membership_role_known"),
        migrations.RunPython(carry_over, carry_back),
    ]
