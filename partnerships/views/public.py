"""A partnership's page for everybody, and the pages on which its coordinator sees to it."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from partnerships import publishing
from partnerships.colours import readable_on, written
from partnerships.logos import content_type_of
from partnerships.mail import base_address
from partnerships.models import PublicPage
from partnerships.public_form import LogoForm, PublicPageForm
from partnerships.views.loading import visible_partnership
from rpcportal.kit.methods import page_methods

# Kept, but asked about each time: what is taken offline is gone at once.
ASK_EACH_TIME = "public, no-cache"
FIVE_MINUTES = "public, max-age=300"
FOR_EVER = "public, max-age=31536000, immutable"
ROBOTS = "User-agent: *\nAllow: /public/\nAllow: /brand/\nAllow: /static/\nDisallow: /\n"


def _kept(request, response, how):
    """The response with a digest of itself; empty for whoever has exactly that already."""
    response["Cache-Control"] = how
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


# --- For everybody ----------------------------------------------------------------------------


@login_not_required
@require_safe
def public_page(request, slug):
    """What the partnership shows to everybody; the same page for whoever asks."""
    page = get_object_or_404(PublicPage.objects.published().defer("logo"), partnership__slug=slug)
    response = render(request, "partnerships/public.html", _shown(page, "public_logo"))
    return _kept(request, response, ASK_EACH_TIME)


@login_not_required
@require_safe
def public_logo(request, slug):
    """Its logo."""
    page = get_object_or_404(PublicPage.objects.published(), partnership__slug=slug)
    return _kept(request, _logo_of(page), FIVE_MINUTES)


@login_not_required
@require_safe
def brand_colour(request, colour):
    """A style sheet that says one colour and nothing else, the same for whoever asks."""
    as_stored = f"#{colour}"
    if written(as_stored) != as_stored or not readable_on(as_stored):
        raise Http404
    rule = f":root {{ --rpc-public-colour: {as_stored}; }}\n"
    return _kept(request, HttpResponse(rule, content_type="text/css"), FOR_EVER)


@login_not_required
@require_safe
def robots(request):
    """Search engines may read what is published, and nothing else."""
    return _kept(request, HttpResponse(ROBOTS, content_type="text/plain"), FIVE_MINUTES)


def _shown(page, logo_address):
    logo = reverse(logo_address, args=[page.partnership.slug]) if page.logo_words else ""
    return {"page": page, "shown": publishing.Shown.of(page), "logo_url": logo}


def _logo_of(page):
    if not page.logo:
        raise Http404
    logo = bytes(page.logo)
    return HttpResponse(logo, content_type=content_type_of(logo))


# --- For members ------------------------------------------------------------------------------


def _publisher(request, slug):
    """The partnership of somebody who decides what the public sees."""
    partnership = visible_partnership(request, slug)
    if refusal := publishing.publish_refusal(request.user, partnership):
        raise PermissionDenied(refusal)
    return partnership


def _context(page, **more):
    path = reverse("public_page", args=[page.partnership.slug])
    return {
        "partnership": page.partnership,
        "page": page,
        "public_path": path,
        "public_address": base_address() + path,
        **more,
    }


@page_methods
def edit_public_page(request, slug):
    """Write what the page says, and choose what it shows."""
    page = publishing.page_of(_publisher(request, slug))
    form = PublicPageForm(request.POST or None, page=page, user=request.user)
    if request.method == "POST" and form.is_valid() and (saved := form.save()):
        now = "The public sees it now." if saved.is_published else "It is not published yet."
        messages.success(request, f"The public page is saved. {now}")
        return redirect("preview_public_page", slug)
    return render(request, "partnerships/public_edit.html", _context(page, form=form))


@require_safe
def preview_public_page(request, slug):
    """The page as the public would see it, for members."""
    partnership = visible_partnership(request, slug)
    page = publishing.page_of(partnership)
    context = _shown(page, "preview_public_logo") | {
        "is_preview": True,
        "may_publish": not publishing.publish_refusal(request.user, partnership),
    }
    return render(request, "partnerships/public.html", context)


@require_safe
def preview_public_logo(request, slug):
    """The logo, whether the page is published or not."""
    return _logo_of(publishing.page_of(visible_partnership(request, slug)))


@page_methods
def public_page_logo(request, slug):
    """Choose a logo and say what it shows."""
    page = publishing.page_of(_publisher(request, slug))
    form = LogoForm(request.POST or None, request.FILES or None, page=page, user=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The logo is saved.")
        return redirect("edit_public_page", slug)
    return render(request, "partnerships/public_logo.html", _context(page, form=form))


@require_POST
def remove_public_logo(request, slug):
    """Show no logo any more."""
    publishing.remove_logo(partnership=_publisher(request, slug), by=request.user)
    messages.success(request, "The public page has no logo any more.")
    return redirect("edit_public_page", slug)


@page_methods
def publish_public_page(request, slug):
    """Say plainly what becomes public; then publish, or take offline, by a button of its own."""
    partnership = _publisher(request, slug)
    choice = request.POST.get("published")
    if choice == "yes":
        publishing.publish(partnership=partnership, by=request.user)
        messages.success(request, "The public page is published. Everybody can read it now.")
        return redirect("edit_public_page", slug)
    if choice == "no":
        publishing.take_offline(partnership=partnership, by=request.user)
        messages.success(request, "The public page is offline. Nobody outside can read it now.")
        return redirect("edit_public_page", slug)
    page = publishing.page_of(partnership)
    context = _context(page, shown=publishing.Shown.of(page))
    return render(request, "partnerships/public_publish.html", context)
