"""The words of the privacy notice and the accessibility statement: the council's, or ours.

Ours are fixtures/pages/, with brackets where a council fills something in.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString

from partnerships.models import Page
from rpcportal.kit.rich_text import render

OURS_CHANGED = date(2026, 11, 22)
ADMINISTRATORS_ONLY = "Only a portal administrator can change the words of this page."


class ChangedMeanwhile(Exception):
    """Somebody else's words stand there by now; ``now`` holds them."""

    def __init__(self, now):
        super().__init__("Somebody else changed this page while you wrote.")
        self.now = now


@dataclass(frozen=True)
class Words:
    """The words of a page in Markdown. ``version`` tells one state of them from the next."""

    body: str
    changed: date
    is_ours: bool
    version: str

    @property
    def html(self) -> SafeString:
        """As they are shown."""
        return render(self.body)


def words_of(name):
    """What a page says now."""
    return _words(Page.objects.filter(name=name).first(), name)


def our_words(name):
    """What a page says that nobody has changed."""
    text = (settings.BASE_DIR / "fixtures" / "pages" / f"{name}.md").read_text(encoding="utf-8")
    return text.replace("{account}", _how_long_accounts_stay(settings.UNUSED_MONTHS))


def _words(page, name):
    if page is None:
        return Words(our_words(name), OURS_CHANGED, is_ours=True, version="")
    changed = timezone.localdate(page.changed_at)
    version = page.changed_at.isoformat()
    return Words(page.body, changed, is_ours=False, version=version)


def _how_long_accounts_stay(months):
    if months < 1:
        return "Until you ask us to empty it, or the portal is closed"
    return (
        f"Until it has not been used for {months} months. Then you are warned by e-mail; a month "
        "later your name and address are removed, and what you wrote stays, by a “Former member”"
    )


@transaction.atomic
def change_words(*, name, body, version, by):
    """Put a council's own words on a page. ``version``: the one that was read before writing.

    Raises ChangedMeanwhile where that is no longer what stands there.
    """
    check_may_change(by)
    page = _held(name)
    _check_version(_words(page, name), version)
    if page is None:
        said = {"body": body, "changed_by": by}
        page, is_new = Page.objects.get_or_create(name=name, defaults=said)
        if not is_new:
            # Somebody else's first words came in the same moment.
            raise ChangedMeanwhile(_words(page, name))
        return
    page.body, page.changed_by, page.changed_at = body, by, timezone.now()
    page.save()


@transaction.atomic
def use_our_words(*, name, version, by):
    """Take a council's words off a page; the history keeps them. Doing it twice is harmless.

    Raises ChangedMeanwhile where other words stand there than those of ``version``.
    """
    check_may_change(by)
    if page := _held(name):
        _check_version(_words(page, name), version)
        page.delete()


def _held(name):
    return Page.objects.select_for_update().filter(name=name).first()


def _check_version(now, version):
    if now.version != version:
        raise ChangedMeanwhile(now)


def check_may_change(user):
    """Raise PermissionDenied with a sentence unless ``user`` is a portal administrator."""
    if not may_change(user):
        raise PermissionDenied(ADMINISTRATORS_ONLY)


def may_change(user):
    """Whether ``user`` may word pages; nobody may who has not signed in."""
    return user.is_authenticated and user.is_staff
