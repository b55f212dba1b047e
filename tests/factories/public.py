"""Public pages, logos and evidence statements, as rows. Each call makes new ones."""

import uuid
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partnerships.logos import small_logo
from partnerships.models import PublicPage
from practice.indexing import refresh
from practice.models import EvidenceStatement


def picture(kind="PNG", size=(60, 30), mode="RGB", colour="teal", **options):
    """The bytes of a picture in one colour."""
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, **options)
    return file.getvalue()


def upload(data=None, name="logo.png"):
    """A picture as a browser sends it."""
    return SimpleUploadedFile(name, picture() if data is None else data)


def make_public_page(partnership, by, *, with_logo=False, **values):
    """A published page."""
    logo = {"logo": small_logo(picture()), "logo_words": "A teal field"} if with_logo else {}
    values = {"is_published": True, **logo, **values}
    return PublicPage.objects.create(partnership=partnership, changed_by=by, **values)


def make_statement(partnership, *, claim="One child in ten.", **values):
    """A statement of a partnership's own."""
    statement = EvidenceStatement.objects.create(
        partnership=partnership, claim=claim, request_key=uuid.uuid4(), **values
    )
    refresh(statement)
    return statement


def make_starter(*, key="starter", claim="One child in ten.", **values):
    """A statement that came with the portal."""
    statement = EvidenceStatement.objects.create(key=key, claim=claim, **values)
    refresh(statement)
    return statement
