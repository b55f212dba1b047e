"""A measure in words: in what time, where it holds, and who is responsible."""

from partnerships.activity import listed
from practice.models import LimitUnit, Scope

ONE = {
    LimitUnit.HOURS: "hour",
    LimitUnit.CALENDAR_DAYS: "calendar day",
    LimitUnit.WORKING_DAYS: "working day",
    LimitUnit.DAYS_UNSAID: "day (calendar or working day: not yet decided)",
    LimitUnit.WEEKS: "week",
    LimitUnit.MONTHS: "month",
}


def time_limit(measure):
    """“within 10 working days”; empty for a measure without a limit."""
    if measure.limit_number is None:
        return ""
    unit = LimitUnit(measure.limit_unit)
    word = ONE[unit] if measure.limit_number == 1 else unit.label
    return f"within {measure.limit_number} {word}"


def where_it_holds(measure):
    """“Required in children’s social care; considered in early help”; empty where nobody said."""
    needs = (("required", measure.required_in), ("considered", measure.considered_in))
    return _begun("; ".join(f"{need} {_places(scopes)}" for need, scopes in needs if scopes))


def _places(scopes):
    if Scope.ALL in scopes:
        return "everywhere"
    return f"in {listed([_inside(scope) for scope in Scope if scope in scopes])}"


def _inside(scope):
    if scope == Scope.POLICE:
        return "the police"
    return scope.label[:1].lower() + scope.label[1:]


def responsible(measure):
    """“Allocated practitioner and team manager”; empty where nobody is named."""
    return _begun(listed(measure.roles) if measure.roles else "")


def _begun(sentence):
    return sentence[:1].upper() + sentence[1:]
