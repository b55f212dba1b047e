"""What is told of models."""

KINDS = []
