"""What the database refuses of workshops and their secret ballots, whoever asks.

The triggers of votes hold the ballot's row for share before they look at its state, so a vote
and the close of the same moment cannot slip past each other: whoever closes waits for the
votes that are on their way, and counts them; whoever comes later finds it closed.
"""

import pgtrigger

OPEN, REVEALED, CALLED_OFF = "open", "revealed", "called_off"
OF_WORKSHOP = "(SELECT assessment_id FROM planning_workshop WHERE id = NEW.workshop_id)"


def _refused(sentence, name, code="integrity_constraint_violation"):
    return f"""
        RAISE EXCEPTION '{sentence}' USING ERRCODE = '{code}', CONSTRAINT = '{name}';"""


def of_one_assessment(*, here=OF_WORKSHOP, column="entry_id"):
    """The entry that a row refers to is one of its own workshop's sheet.

    ``here``: an SQL expression over NEW for the number of that sheet.
    """
    # Names of our own tables and columns; nothing that anybody typed.
    return pgtrigger.Trigger(
        name="one_assessment",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.{column}
                       AND assessment_id IS DISTINCT FROM {here}) THEN
                {_refused("The domain is on another sheet.", "of_one_assessment")}
            END IF;
            RETURN NEW;""",  # noqa: S608
    )


def steps_of_a_ballot(votes, column):
    """A ballot begins open and is closed once, revealed or called off; then it stands for ever,
    and no vote is left that says whose it was.

    ``votes``: their table; ``column``: the one that refers to the ballot.
    """
    return pgtrigger.Trigger(
        name="steps",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'open' THEN
                    {_refused("A ballot begins open.", "ballot_begins_open")}
                END IF;
            ELSIF OLD.state <> 'open' THEN
                {_refused("A ballot that was closed stands for ever.", "ballot_stands")}
            ELSIF NEW.state <> 'open'
                AND EXISTS (SELECT 1 FROM {votes} WHERE {column} = NEW.id) THEN
                {_refused("A closed ballot keeps nobody''s vote.", "ballot_keeps_no_votes")}
            END IF;
            RETURN NEW;""",  # noqa: S608
    )


def only_while_open(ballots, column, more=""):
    """A vote is taken while its ballot is open, and from a phone of the same workshop.

    ``ballots``: their table; ``column``: the one that refers to it; ``more``: further checks
    in PL/pgSQL over NEW.
    """
    return pgtrigger.Trigger(
        name="only_while_open",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        declare=[("standing", "text"), ("of_workshop", "bigint")],
        func=f"""
            SELECT state, workshop_id INTO standing, of_workshop
                FROM {ballots} WHERE id = NEW.{column} FOR SHARE;
            IF standing <> 'open' THEN
                {_refused("The ballot is closed.", "ballot_is_open")}
            END IF;
            IF TG_OP = 'INSERT' AND NOT EXISTS (
                SELECT 1 FROM partnerships_participant p
                JOIN partnerships_occasion o ON o.id = p.occasion_id
                JOIN planning_workshop w ON w.id = of_workshop
                JOIN planning_assessment a ON a.id = w.assessment_id
                WHERE p.id = NEW.participant_id AND o.kind = 'workshop'
                AND o.partnership_id = a.partnership_id) THEN
                {_refused("The phone is at another event.", "vote_of_this_workshop")}
            END IF;
            {more}
            RETURN NEW;""",  # noqa: S608
    )


LEVEL_ON_THE_SCALE = f"""
            IF NEW.level > (
                SELECT CASE b.kind WHEN 'rating' THEN 5 ELSE (
                    SELECT max(l.number) FROM planning_progresslevel l
                    JOIN planning_assessment a ON a.framework_id = l.framework_id
                    WHERE a.id = w.assessment_id) END
                FROM planning_ballot b JOIN planning_workshop w ON w.id = b.workshop_id
                WHERE b.id = NEW.ballot_id) THEN
                {_refused("The level is above the scale.", "vote_on_the_scale", "check_violation")}
            END IF;"""  # noqa: S608

DOTS_NO_MORE = f"""
            IF cardinality(NEW.items) > (
                SELECT dots FROM planning_dotround WHERE id = NEW.dot_round_id) THEN
                {_refused("These are too many dots.", "dots_no_more", "check_violation")}
            END IF;
            IF EXISTS (SELECT 1 FROM unnest(NEW.items) AS placed WHERE NOT EXISTS (
                SELECT 1 FROM planning_dotitem
                WHERE id = placed AND dot_round_id = NEW.dot_round_id)) THEN
                {_refused("A dot lies on another list.", "dots_on_this_list", "check_violation")}
            END IF;"""  # noqa: S608
