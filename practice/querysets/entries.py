"""Lists of what the search looks at."""

from practice.querysets.base import LibraryQuerySet


class LibraryEntryQuerySet(LibraryQuerySet):
    """Entries of the library."""
