"""Addresses of the room: the console of those who run it, and the projector."""

from django.urls import path

from planning.views import console, projector

HERE = "planning/<int:pk>/workshops/<int:workshop>"

urlpatterns = [
    path(f"{HERE}/open/", console.open_workshop, name="open_workshop"),
    path(f"{HERE}/extend/", console.extend_workshop, name="extend_workshop"),
    path(f"{HERE}/door/shut/", console.shut_workshop_door, name="shut_workshop_door"),
    path(f"{HERE}/console/", console.workshop_console, name="workshop_console"),
    path(f"{HERE}/console/news/", console.workshop_console_news, name="workshop_console_news"),
    path(f"{HERE}/move/", console.move_room, name="move_room"),
    path(f"{HERE}/timer/", console.set_timer, name="set_timer"),
    path(f"{HERE}/ballots/open/", console.open_ballot, name="open_ballot"),
    path(f"{HERE}/ballots/<int:ballot>/reveal/", console.reveal_ballot, name="reveal_ballot"),
    path(f"{HERE}/ballots/<int:ballot>/call-off/", console.call_off_ballot, name="call_off_ballot"),
    path(f"{HERE}/remarks/<int:remark>/hide/", console.hide_remark, name="hide_remark"),
    path(f"{HERE}/domains/<int:number>/agree/", console.agree_level, name="agree_level"),
    path(f"{HERE}/parking/", console.park_point, name="park_point"),
    path(f"{HERE}/parking/<int:point>/settle/", console.settle_point, name="settle_point"),
    path(f"{HERE}/now/", console.workshop_now, name="workshop_now"),
    path(f"{HERE}/bar/", console.workshop_bar, name="workshop_bar"),
    path(f"{HERE}/screen/", projector.workshop_screen, name="workshop_screen"),
    path(f"{HERE}/screen/news/", projector.workshop_screen_news, name="workshop_screen_news"),
]
