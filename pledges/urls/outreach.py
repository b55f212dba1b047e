"""Addresses of training, champions, peer reviews, events and publicity."""

from django.urls import path

from pledges.urls.base import HERE
from pledges.views import outreach, outreach_files, peer_reviews, training

TARGET, COURSE = f"{HERE}/training/targets", f"{HERE}/training/courses"
SESSION, CHAMPION = f"{HERE}/training/sessions", f"{HERE}/champions"
REVIEW, PUBLICITY = f"{HERE}/peer-reviews", f"{HERE}/publicity"

FILES = [
    path(f"{HERE}/{name}.{kind}", view, {"what": name.capitalize()}, name=f"{name}_{kind}")
    for name in ("training", "champions", "publicity")
    for kind, view in (("xlsx", outreach_files.xlsx), ("csv", outreach_files.csv))
]

urlpatterns = [
    *FILES,
    path(f"{HERE}/training/", training.training_page, name="training"),
    path(f"{TARGET}/new/", training.add_target, name="add_training_target"),
    path(f"{TARGET}/<int:pk>/", training.change_target, name="change_training_target"),
    path(f"{TARGET}/<int:pk>/remove/", training.remove_target, name="remove_training_target"),
    path(f"{COURSE}/new/", training.add_course, name="add_course"),
    path(f"{COURSE}/<int:pk>/", training.course, name="course"),
    path(f"{COURSE}/<int:pk>/change/", training.change_course, name="change_course"),
    path(f"{SESSION}/new/", training.log_session, name="log_session"),
    path(f"{SESSION}/<int:pk>/", training.session, name="training_session"),
    path(f"{SESSION}/<int:pk>/change/", training.change_session, name="change_session"),
    path(f"{SESSION}/<int:pk>/remove/", training.remove_session, name="remove_session"),
    path(f"{CHAMPION}/", outreach.champions, name="champions"),
    path(f"{CHAMPION}/new/", outreach.add_champion, name="add_champion"),
    path(f"{CHAMPION}/<int:pk>/", outreach.change_champion, name="change_champion"),
    path(f"{CHAMPION}/<int:pk>/remove/", outreach.remove_champion, name="remove_champion"),
    path(f"{REVIEW}/", peer_reviews.reviews, name="peer_reviews"),
    path(f"{REVIEW}/new/", peer_reviews.add_review, name="add_peer_review"),
    path(f"{REVIEW}/<int:pk>/", peer_reviews.review, name="peer_review"),
    path(f"{REVIEW}/<int:pk>/change/", peer_reviews.change_review, name="change_peer_review"),
    path(f"{REVIEW}/<int:pk>/remove/", peer_reviews.remove_review, name="remove_peer_review"),
    path(f"{REVIEW}/<int:pk>/history/", peer_reviews.review_history, name="peer_review_history"),
    path(f"{REVIEW}/<int:pk>/actions/", peer_reviews.add_review_action, name="add_review_action"),
    path(
        f"{REVIEW}/<int:pk>/actions/<int:number>/remove/",
        peer_reviews.untie_review_action,
        name="untie_review_action",
    ),
    path(f"{PUBLICITY}/", outreach.publicity, name="publicity"),
    path(f"{PUBLICITY}/new/", outreach.add_publicity, name="add_publicity"),
    path(f"{PUBLICITY}/<int:pk>/", outreach.change_publicity, name="change_publicity"),
    path(f"{PUBLICITY}/<int:pk>/remove/", outreach.remove_publicity, name="remove_publicity"),
]
