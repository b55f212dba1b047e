"""What the addresses of this room begin with."""

HERE = "partnerships/<slug:slug>"
