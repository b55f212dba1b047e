"""What is kept and shown of secret votes: how many for which level, and never of fewer than five.

Pure rules over values. A spread of four votes, or of the two police officers in the room, would
tell who voted what to those who know two of them. So fewer than five are not told apart: sectors
that are smaller stand together as the rest, and when the rest is smaller than five itself, the
smallest sector above joins it; otherwise it would be what is left when all others are taken off.
Where all of one sector said the same, their spread would say what each of them voted: then the
sectors are not told apart at all.
"""

from collections import Counter, defaultdict

from planning.models import Tally

FEWEST = 5


def kept(votes):
    """What may be kept of votes, pairs of a sector ("" for none) and a level (None: don't know).

    Returns sector -> level -> number; "" stands for the whole room. Empty below FEWEST votes.
    The sectors are there when they can be told apart: at least two groups of FEWEST, and in each
    of them more than one answer.
    """
    votes = list(votes)
    if len(votes) < FEWEST:
        return {}
    groups = _groups(votes)
    room = dict(Counter(level for _, level in votes))
    split = defaultdict(Counter)
    for sector, level in votes:
        split[groups[sector]][level] += 1
    if len(split) == 1 or any(len(counts) == 1 for counts in split.values()):
        return {"": room}
    return {"": room} | {group: dict(counts) for group, counts in split.items()}


def width(counts):
    """How far apart people are: how far from the lowest to the highest level, then how many
    different levels there are. The larger the wider; those who do not know count in neither.

    ``counts``: level -> votes, as ``kept`` gives them.
    """
    levels = [level for level, votes in counts.items() if level is not None and votes]
    return (max(levels) - min(levels), len(levels)) if levels else (0, 0)


def _groups(votes):
    """Sector -> the group that it is counted in: itself, or the rest."""
    sizes = Counter(sector for sector, _ in votes)
    # Who named no sector has none to be told apart by.
    rest = {sector for sector, size in sizes.items() if size < FEWEST or not sector}
    large = sorted(sizes.keys() - rest, key=lambda sector: (sizes[sector], sector))
    while rest and large and sum(sizes[sector] for sector in rest) < FEWEST:
        rest.add(large.pop(0))
    return {sector: Tally.REST if sector in rest else sector for sector in sizes}
