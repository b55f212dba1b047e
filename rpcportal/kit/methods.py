"""The ways in which pages are asked for."""

from django.views.decorators.http import require_http_methods

# For a view that shows a form and takes what it sends.
page_methods = require_http_methods(["GET", "HEAD", "POST"])
