"""Guards in the database that hold for every room, whoever writes to it."""

import pgtrigger

OWN_PARTNERSHIP = "NEW.partnership_id"


class OfOnePartnership(pgtrigger.Trigger):
    """What a row refers to belongs to the same partnership as the row itself.

    ``fields``: foreign keys to models with a ``partnership``. ``here``: an SQL expression over
    NEW for the number of the row's own partnership; an aggregate of one row is allowed.
    ``or_nobodys``: what came with the portal, and belongs to no partnership, may be referred to.
    """

    when = pgtrigger.Before

    def __init__(self, *fields, here=OWN_PARTNERSHIP, or_nobodys=False, name="one_partnership"):
        self.fields = fields
        self.here = here
        self.or_nobodys = or_nobodys
        super().__init__(name=name, operation=pgtrigger.Insert | pgtrigger.Update)

    def get_func(self, model):
        """The body of the trigger: one check for each field."""
        return "\n".join([*(self._check(model, name) for name in self.fields), "RETURN NEW;"])

    def _check(self, model, name):
        field = model._meta.get_field(name)
        table = field.related_model._meta.db_table
        what = field.related_model._meta.verbose_name
        theirs = " AND partnership_id IS NOT NULL" if self.or_nobodys else ""
        # Names of our own tables and columns; nothing that anybody typed.
        return f"""
            IF EXISTS (SELECT 1 FROM {table} WHERE id = NEW.{field.column}
                       AND partnership_id IS DISTINCT FROM {self.here}{theirs}) THEN
                RAISE EXCEPTION 'The {what} belongs to another partnership.'
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'of_one_partnership';
            END IF;"""  # noqa: S608
