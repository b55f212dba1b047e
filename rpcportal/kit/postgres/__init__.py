"""Django's PostgreSQL backend, with connecting that waits out a restart of the server."""
