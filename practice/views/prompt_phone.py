"""The phone of somebody in the room: answer, and see that it has arrived.

Nobody signs in: the cookie of the event says which phone it is, and nothing says whose.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from partnerships import joining
from partnerships.doors import is_open
from practice import prompting
from practice.prompt_phone_forms import AnswerForm
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@login_not_required
@page_methods
def prompt_phone(request, pk):
    """The question, what this phone has sent, and a box for more.

    Whoever is in no such event learns nothing of it, not even that there was one.
    """
    participant = joining.participant_of(request, pk)
    prompt = participant and prompting.prompt_at(participant)
    if prompt is None:
        return redirect("join")
    form = AnswerForm(request.POST or None, participant=participant, prompt=prompt)
    if request.method == "POST" and form.is_valid() and saved(form):
        return redirect("prompt_phone", pk)
    sent = prompting.answers_of(prompt, participant)
    context = {
        "prompt": prompt,
        "form": form,
        "sent": sent,
        "left": prompting.MOST_ANSWERS - len(sent),
        "most": prompting.MOST_ANSWERS,
        "is_open": is_open(prompt),
    }
    return render(request, "practice/prompt_phone.html", context)
