"""What a printed pack must bear: a tool with nine levels and long names, a plan with long lines."""

from datetime import time

from planning.imports import framework_file
from tests.factories.frameworks import small_framework_content

LONG_NAME = "Working together for children and parents across the whole of the area, in every one "


def make_long_framework(levels=9, letters="Wordy ", dimensions=4, domains=3, name=60):
    """A framework of so many levels, all names as long as they may be."""
    content = small_framework_content()
    long = letters * 40
    content |= {"slug": f"long-{levels}", "levels": []}
    content["dimensions"] = []
    for number in range(1, levels + 1):
        summary = f"Meaning of {number}. " + long[:160]
        content["levels"].append(
            {"number": number, "name": f"{number}{long}"[:name].strip(), "summary": summary}
        )
    for place in range(dimensions):
        first = place * domains
        content["dimensions"].append(
            {
                "name": f"{place}{long}"[:60].strip(),
                "about": "About it.",
                "domains": [_domain(first + each, levels, long) for each in range(1, domains + 1)],
            }
        )
    text = framework_file.yaml.safe_dump(content, allow_unicode=True)
    return framework_file.commit(framework_file.parse(text))[0]


def _domain(number, levels, long):
    return {
        "number": number,
        "name": f"D{number} {long}"[:100].strip(),
        "about": "What it covers. " * 8,
        "question": "Where do we stand? " * 4,
        "abuse_boundary": True,
        "levels": {
            level: {
                "descriptor": f"At {level}. " + "What partners do together is written down. " * 9,
                "evidence": ["Minutes of a meeting where it was agreed"] * 3,
            }
            for level in range(1, levels + 1)
        },
    }


def make_long_plan(workshop, lines=100):
    """An agenda of so many lines, a long place and long names of those who are invited."""
    workshop.starts_at, workshop.place = time(9, 30), (LONG_NAME * 2)[:150].strip()
    workshop.name, workshop.to_read = (LONG_NAME * 2)[:120].strip(), "- One paper\n- Another one"
    workshop.save()
    for number in range(1, lines + 1):
        title = f"{number:03} {LONG_NAME * 2}"[:150].strip()
        workshop.agenda.create(position=number, title=title, minutes=5)
    for number in range(lines):
        words = f"{number:03} {LONG_NAME * 2}"[:120].strip()
        workshop.invitees.create(organisation_words=words)
