"""CPU time of two things in turns, so that a machine that slows down slows both."""

import gc
import time
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Measured:
    """Median CPU seconds of a thing and of what it is measured against.

    ``ratio`` is the median of the rounds' own ratios, which a machine that slows down half
    way changes less than the two medians; half of them lie between ``low`` and ``high``.
    """

    thing: float
    against: float
    ratio: float
    low: float
    high: float

    @property
    def spread(self):
        """Between which ratios the middle half of the rounds lies, in words."""
        return f"{self.low:.2f}–{self.high:.2f}"


def in_turns(thing, against, *, rounds, warm_up=3, tidy=False):
    """Measure two functions in turns: thing, against, thing, against …

    ``tidy`` collects garbage before each call and outside its time. A call that leaves much
    of it would otherwise be charged to the next one, in some rounds and not in others.
    """
    for _ in range(warm_up):
        thing()
        against()
    pairs = [(cpu_seconds(thing, tidy), cpu_seconds(against, tidy)) for _ in range(rounds)]
    things, againsts = zip(*pairs, strict=True)
    low, ratio, high = quantiles([one / other for one, other in pairs], n=4)
    return Measured(median(things), median(againsts), ratio, low, high)


def cpu_seconds(function, tidy):
    """CPU time that this process spends in one call, in all its threads."""
    if tidy:
        gc.collect()
    started = time.process_time()
    function()
    return time.process_time() - started
