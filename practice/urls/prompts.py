"""Addresses of questions to a room, and of the phones there.

Those of phones are short, and of no partnership: a cookie says whose.
"""

from django.urls import path

from practice.views import prompt_phone, prompt_screen, prompts, you_said

HERE = "partnerships/<slug:slug>/practice"
ALL = f"{HERE}/prompts"
ONE = f"{ALL}/<int:pk>"
SAID = f"{HERE}/you-said/<int:pk>"

urlpatterns = [
    path("question/<int:pk>/", prompt_phone.prompt_phone, name="prompt_phone"),
    path(f"{ALL}/", prompts.prompts, name="prompts"),
    path(f"{ALL}/new/", prompts.add_prompt, name="add_prompt"),
    path(f"{ALL}/you-said.xlsx", you_said.you_said_xlsx, name="you_said_xlsx"),
    path(f"{ALL}/you-said.csv", you_said.you_said_csv, name="you_said_csv"),
    path(f"{ONE}/", prompts.prompt, name="prompt"),
    path(f"{ONE}/change/", prompts.change_prompt, name="change_prompt"),
    path(f"{ONE}/open/", prompts.open_prompt, name="open_prompt"),
    path(f"{ONE}/extend/", prompts.extend_prompt, name="extend_prompt"),
    path(f"{ONE}/close/", prompts.close_prompt, name="close_prompt"),
    path(f"{ONE}/screen/", prompt_screen.prompt_screen, name="prompt_screen"),
    path(f"{ONE}/screen/news/", prompt_screen.prompt_screen_news, name="prompt_screen_news"),
    path(f"{ONE}/answers.xlsx", prompts.answers_xlsx, name="answers_xlsx"),
    path(f"{ONE}/answers.csv", prompts.answers_csv, name="answers_csv"),
    path(f"{ONE}/answers/<int:answer>/hide/", prompts.hide_answer, name="hide_answer"),
    path(f"{ONE}/you-said/new/", you_said.add_you_said, name="add_you_said"),
    path(f"{SAID}/change/", you_said.change_you_said, name="change_you_said"),
    path(f"{SAID}/remove/", you_said.remove_you_said, name="remove_you_said"),
]
