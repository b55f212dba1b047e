"""The planning tool's pages, by what they are about."""
