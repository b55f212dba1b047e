"""What stands on a domain's page in tests, and what waits beside it."""


def stands(entry, field="evidence"):
    return type(entry).objects.values_list(field, flat=True).get(pk=entry.pk)


def waiting(entry):
    return [(text.part, text.text, text.author) for text in entry.unsettled.all()]
