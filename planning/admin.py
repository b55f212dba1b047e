"""Frameworks in the administration, to read: they are loaded from files."""

from django.contrib import admin

from partnerships.admin import PortalModelAdmin, ReadOnly, in_lines, site
from planning.models import Framework


@admin.register(Framework, site=site)
class FrameworkAdmin(ReadOnly, PortalModelAdmin):
    """Each version of a planning tool."""

    list_display = ["name", "version", "published", "slug"]
    fields = readonly_fields = ["name", "version", "published", "slug", "source", "its_domains"]

    @admin.display(description="Domains")
    def its_domains(self, framework):
        """In their order."""
        return in_lines(map(str, framework.domains.all()))
