"""What all kinds of files share: how large one may be, and how one is refused."""

MEGABYTE = 1024 * 1024
MAX_FILE = 10 * MEGABYTE


class FileRefused(Exception):
    """The file cannot be kept; the message is a sentence for the person who chose it."""


def megabytes(size):
    """“10.1 MB”; never a size that looks allowed when it is not."""
    shown = f"{size / MEGABYTE:.1f} MB"
    return shown if shown != f"{MAX_FILE / MEGABYTE:.1f} MB" else f"{size:,} bytes"
