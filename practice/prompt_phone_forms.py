"""What somebody in the room writes on a phone."""

import uuid

from partnerships.room_text import RoomTextField
from pledges.forms import RequestKeyField
from practice import prompting
from rpcportal.kit.forms import PortalForm


class AnswerForm(PortalForm):
    """One answer."""

    words = RoomTextField(
        label="Your answer",
        help_text=f"Up to {prompting.ANSWER_LENGTH} characters. Please name no child and no "
        "family.",
        rows=4,
        max_length=prompting.ANSWER_LENGTH,
    )
    request_key = RequestKeyField()
    asks_for = {"words": "your answer"}

    def __init__(self, *args, participant, prompt, **kwargs):
        self.participant, self.prompt = participant, prompt
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)

    def save(self):
        """Send it."""
        return prompting.answer(
            participant=self.participant, prompt=self.prompt, **self.cleaned_data
        )
