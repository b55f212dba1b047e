"""What is told of serving."""

KINDS = []
