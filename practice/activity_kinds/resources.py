"""What is told of resources."""

KINDS = []
