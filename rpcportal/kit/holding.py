"""A row that is held against everyone else until the transaction ends."""


def held_row(rows, pk, **how):
    """Out of ``rows``, the one with this number as it stands, held; None where it is gone.

    ``how``: as ``select_for_update`` takes it. The row is held alone at first and read after that
    with what ``rows`` reads beside it: of a row that was waited for, PostgreSQL gives what stands
    there after the wait, but beside it what stood there before; and nothing at all where the row
    names another one now.
    """
    alone = rows.model._default_manager.filter(pk=pk).order_by("pk")
    if alone.select_for_update(**how).values_list("pk").first() is None:
        return None
    return rows.filter(pk=pk).first()
