"""Addresses of pledges, actions and what reminds of them."""

from django.urls import path

from pledges.urls.base import HERE
from pledges.views import actions, exports, history, imports, inbox, pledges, reminders, ways

urlpatterns = [
    path(f"{HERE}/pledges/", pledges.pledges, name="pledges"),
    path(f"{HERE}/pledges/first-actions/", pledges.first_actions, name="first_actions"),
    path(f"{HERE}/pledges/<int:pk>/", pledges.pledge, name="pledge"),
    path(f"{HERE}/pledges/<int:pk>/invite/", pledges.invite_to_pledge, name="invite_to_pledge"),
    path(f"{HERE}/pledges/<int:pk>/draft/", pledges.draft_pledge, name="draft_pledge"),
    path(f"{HERE}/pledges/<int:pk>/sign/", pledges.sign_pledge, name="sign_pledge"),
    path(f"{HERE}/pledges/<int:pk>/change/", pledges.change_pledge, name="change_pledge"),
    path(f"{HERE}/pledges/<int:pk>/withdraw/", pledges.withdraw_pledge, name="withdraw_pledge"),
    path(f"{HERE}/pledges/<int:pk>/certificate/", pledges.certificate, name="certificate"),
    path(
        f"{HERE}/pledges/<int:pk>/certificate.pdf",
        pledges.certificate_file,
        name="certificate_pdf",
    ),
    path("update/<str:token>/", reminders.update_by_link, name="update_by_link"),
    path("your-account/reminders/", reminders.your_reminders, name="your_reminders"),
    path("your-account/reminders/calendar/", reminders.new_calendar, name="new_calendar"),
    path("calendar/<uuid:key>.ics", reminders.calendar, name="calendar"),
    path(f"{HERE}/actions/waiting/", inbox.priority_actions, name="priority_actions"),
    path(f"{HERE}/actions/waiting/<int:pk>/take-on/", inbox.take_on, name="take_on"),
    path(f"{HERE}/actions/waiting/<int:pk>/no-action/", inbox.no_action, name="no_action"),
    path(f"{HERE}/actions/", actions.register, name="register"),
    path(f"{HERE}/actions/board/", ways.board_page, name="board"),
    path(f"{HERE}/actions/timeline/", ways.timeline_page, name="timeline"),
    path(f"{HERE}/actions.xlsx", exports.register_xlsx, name="register_xlsx"),
    path(f"{HERE}/actions.csv", exports.register_csv_file, name="register_csv"),
    path(f"{HERE}/actions/import/", imports.import_actions, name="import_actions"),
    path(f"{HERE}/actions/import/<int:pk>/", imports.import_preview, name="import_preview"),
    path(f"{HERE}/actions/new/", actions.add_action, name="add_action"),
    path(f"{HERE}/actions/<int:number>/", actions.action, name="action"),
    path(f"{HERE}/actions/<int:number>/change/", actions.change_action, name="change_action"),
    path(f"{HERE}/actions/<int:number>/update/", actions.tell, name="tell"),
    path(f"{HERE}/actions/<int:number>/steps/new/", actions.add_milestone, name="add_milestone"),
    path(
        f"{HERE}/actions/<int:number>/steps/<int:pk>/",
        actions.tick_milestone,
        name="tick_milestone",
    ),
    path(f"{HERE}/actions/<int:number>/history/", history.action, name="plan_action_history"),
    path(
        f"{HERE}/actions/<int:number>/history/restore/",
        history.restore_in_action,
        name="restore_in_action_plan",
    ),
    path(f"{HERE}/pledges/<int:pk>/history/", history.pledge, name="pledge_history"),
    path(
        f"{HERE}/pledges/<int:pk>/history/restore/",
        history.restore_in_pledge,
        name="restore_in_pledge",
    ),
]
