"""What of a round of dots fits on the projector, and in which size."""

from dataclasses import dataclass

from planning import dots

# So many letters in that size; of a ranking, the first so many lines.
SIZES = ((500, "large"), (1_100, "medium"))
MOST_LINES = 8
SHORTEST = 40  # a line takes room for so many letters, however short it is


@dataclass(frozen=True)
class DotsOnScreen:
    """Its list while it is open (``items``), then its ranking, and how many lines more it has."""

    items: tuple
    ranking: dots.Ranking | None
    lines: tuple
    more: int
    size: str

    @classmethod
    def of(cls, dot_round):
        """None where there is no round."""
        if dot_round is None:
            return None
        items = dots.items_of(dot_round) if dot_round.is_open else []
        ranking = dots.ranking_of(dot_round) if dot_round.is_revealed else None
        lines = ranking.lines[:MOST_LINES] if ranking else ()
        letters = sum(max(len(each.text), SHORTEST) for each in items or lines)
        return cls(
            items=tuple(items),
            ranking=ranking,
            lines=lines,
            more=len(ranking.lines) - len(lines) if ranking else 0,
            size=next((name for most, name in SIZES if letters <= most), "small"),
        )
