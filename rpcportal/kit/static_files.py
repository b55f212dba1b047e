"""Static files: compressed, and under a name that changes with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; a file that nobody collected yet keeps its plain name.

    Otherwise the page would fail for want of a picture, and the error page with it.
    """

    manifest_strict = False

    def stored_name(self, name):
        try:
            return super().stored_name(name)
        except ValueError:
            return name
