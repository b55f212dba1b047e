"""What a partnership shows to everybody: written, shown and taken off by its coordinators."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from partnerships.models import Manifesto, Partnership, PublicPage
from partnerships.permissions import check_may, check_may_still, refusal_for
from rpcportal.kit.rich_text import render as as_html
from rpcportal.kit.roles import Permission

WORDS = (
    *("campaign", "introduction", "hashtag", "colour"),
    *("contact_name", "contact_email", "contact_phone", "help_words"),
    *("shows_pledges", "shows_actions"),
)


def publish_refusal(user, partnership):
    """Why ``user`` may not decide what the public sees, or an empty sentence."""
    return refusal_for(user, Permission.PUBLISH, partnership.pk)


def page_of(partnership):
    """The partnership's page as it stands; one that is not saved yet where it has none."""
    return PublicPage.objects.filter(partnership=partnership).first() or PublicPage(
        partnership=partnership
    )


def held(partnership):
    """The same, held against everyone else until the transaction ends."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    return page_of(partnership)


@transaction.atomic
def save_words(*, partnership, by, **words):
    """Write the page's words; returns it. On a page that is published, everybody sees them."""
    return _save(partnership, by, {name: words[name] for name in WORDS})


@transaction.atomic
def save_logo(*, partnership, by, words, logo=None):
    """Show a logo (from logos.small_logo), or the same one with other words; returns the page."""
    return _save(partnership, by, {"logo_words": words} | ({"logo": logo} if logo else {}))


@transaction.atomic
def remove_logo(*, partnership, by):
    """Show none any more; returns the page."""
    return _save(partnership, by, {"logo": None, "logo_words": ""})


@transaction.atomic
def publish(*, partnership, by):
    """Show the page to everybody from now on. Twice is once."""
    return _save(partnership, by, {"is_published": True})


@transaction.atomic
def take_offline(*, partnership, by):
    """Show it to nobody outside any more; its words stay. Twice is once."""
    return _save(partnership, by, {"is_published": False})


def _save(partnership, by, values):
    check_may(by, Permission.PUBLISH, partnership.pk)
    page = held(partnership)
    check_may_still(by, Permission.PUBLISH, partnership.pk)
    if page.pk and all(_same(getattr(page, name), value) for name, value in values.items()):
        return page
    for name, value in values.items():
        setattr(page, name, value)
    page.changed_by, page.changed_at = by, timezone.now()
    page.save()
    return page


def _same(stored, value):
    return (bytes(stored) if isinstance(stored, memoryview) else stored) == value


@dataclass(frozen=True)
class Shown:
    """What the page shows of this room, as HTML where people wrote Markdown.

    ``changed_at``: when the newest of it was written.
    """

    title: str
    introduction: str
    vision: str
    manifesto: str
    local_help: str
    colour: str
    changed_at: datetime

    @classmethod
    def of(cls, page):
        """One query: the newest manifesto."""
        manifesto = Manifesto.objects.newest(page.partnership)
        moments = [page.changed_at, manifesto.made_at] if manifesto else [page.changed_at]
        return cls(
            title=page.campaign or page.partnership.name,
            introduction=as_html(page.introduction),
            vision=manifesto.vision if manifesto else "",
            manifesto=as_html(manifesto.body) if manifesto else "",
            local_help=as_html(page.help_words),
            colour=page.colour.removeprefix("#").lower(),
            changed_at=max(moments),
        )
