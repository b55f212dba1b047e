"""What holds for every request and every answer, whatever the page."""

from django.core.exceptions import BadRequest

OUR_CHARSETS = {"utf-8", "utf8"}


def only_utf8(get_response):
    """Refuse a body that says it is in another encoding: no page of ours sends one.

    Python would try whatever is named, and some of its codecs fail on every text or make
    characters that cannot be stored.
    """

    def middleware(request):
        if request.content_params.get("charset", "utf-8").lower() not in OUR_CHARSETS:
            raise BadRequest("The body is not in UTF-8.")
        return get_response(request)

    return middleware


def never_cached(get_response):
    """Let no browser and no proxy keep a page: after signing out nothing can be called back."""

    def middleware(request):
        response = get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
