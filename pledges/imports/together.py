"""Many rows of a spreadsheet in few statements, to the rules of the verbs (pledges/actions.py).

The plan was made while the partnership and its actions were held, so nobody has come in between.
tests/pledges/test_import_together.py holds that the register is the same as by the verbs.
"""

from django.core.exceptions import ValidationError

from partnerships.permissions import check
from pledges import actions, permissions
from pledges.imports.words import changed_words, is_told, new_words, update_words
from pledges.models import Action, ServedDomain, Update

AT_ONCE = 500


def write(rows, *, partnership, by):
    """Write rows; number of the row -> the sentence with which a rule refused it.

    None of them moves an action to another organisation. Raises PermissionDenied.
    """
    batch = _Batch(partnership, by)
    for row in rows:
        batch.take(row)
    batch.save()
    return batch.refused


class _Batch:
    """What is to be written, gathered."""

    def __init__(self, partnership, by):
        self.partnership, self.by = partnership, by
        self.new, self.changed, self.updates = [], [], []
        self.served, self.unserved = [], set()
        self.refused, self.allowed = {}, set()
        self.number = None

    def take(self, row):
        """Look at a row, and note what it writes."""
        organisation = row.action.organisation if row.action else row.found["organisation"]
        if organisation.pk not in self.allowed:
            check(permissions.write_refusal, self.by, organisation)
            self.allowed.add(organisation.pk)
        try:
            if row.action is None:
                self._add(row, organisation)
            else:
                self._change(row)
        except ValidationError as error:
            self.refused[row.row] = " ".join(error.messages)

    def _add(self, row, organisation):
        action = Action(
            partnership=self.partnership,
            organisation=organisation,
            created_by=self.by,
            **new_words(row),
        )
        update = self._update(row, action)
        if self.number is None:
            self.number = actions.next_number(self.partnership)
        action.number, self.number = self.number, self.number + 1
        self.new.append(action)
        self.updates += update
        self.served += [ServedDomain(action=action, domain=each)
                        for each in dict.fromkeys(row.found.get("domains", ()))]  # fmt: skip

    def _change(self, row):
        action, words = row.action, changed_words(row)
        before = {name: getattr(action, name) for name in words}
        for name, value in words.items():
            setattr(action, name, value)
        try:
            update = self._update(row, action)
        except ValidationError:
            for name, value in before.items():
                setattr(action, name, value)
            raise
        fields = [*words, *(actions.TOLD if update else ())]
        if fields:
            self.changed.append((action, fields))
        self.updates += update
        if "domains" in row.changed:
            self._serve(action, row.found.get("domains", ()))

    def _update(self, row, action):
        """The update of a row, as a list of one or none; the action is brought to where it says."""
        if not is_told(row):
            return []
        return [actions.told(action, by=self.by, **update_words(row, action.due_on))]

    def _serve(self, action, domains):
        wanted = {each.pk: each for each in domains}
        standing = {each.pk for each in action.domains.all()}
        self.unserved |= {(action.pk, pk) for pk in standing - wanted.keys()}
        self.served += [
            ServedDomain(action=action, domain=wanted[pk]) for pk in wanted.keys() - standing
        ]

    def save(self):
        """Write all of it."""
        Action.objects.bulk_create(self.new, batch_size=AT_ONCE)
        for action, fields in self.changed:
            action.save(update_fields=fields)
        Update.objects.bulk_create(self.updates, batch_size=AT_ONCE)
        if self.unserved:
            rows = ServedDomain.objects.filter(action__in={action for action, _ in self.unserved})
            gone = [pk for pk, *tie in rows.values_list("pk", "action_id", "domain_id")
                    if tuple(tie) in self.unserved]  # fmt: skip
            ServedDomain.objects.filter(pk__in=gone).delete()
        ServedDomain.objects.bulk_create(self.served, batch_size=AT_ONCE)
