"""What is told of standards."""

KINDS = []
