"""What is told of reflections."""

KINDS = []
