"""Partnerships, organisations, people; how they get in, and what they are sent."""

from partnerships.models.counts import TryCount
from partnerships.models.downloads import Download
from partnerships.models.invitations import Invitation
from partnerships.models.jobs import DailyJob
from partnerships.models.mail import OutgoingMail
from partnerships.models.manifesto import Manifesto
from partnerships.models.occasions import Occasion, Participant
from partnerships.models.pages import Page
from partnerships.models.people import (
    Affiliation,
    Membership,
    Organisation,
    Partnership,
    Sector,
    User,
)
from partnerships.models.public_page import PublicPage
from partnerships.models.ways_in import Address, CouncilAccount, SecondFactor

__all__ = [
    "Address",
    "Affiliation",
    "CouncilAccount",
    "DailyJob",
    "Download",
    "Invitation",
    "Manifesto",
    "Membership",
    "Occasion",
    "Organisation",
    "OutgoingMail",
    "Page",
    "Participant",
    "Partnership",
    "PublicPage",
    "SecondFactor",
    "Sector",
    "TryCount",
    "User",
]
