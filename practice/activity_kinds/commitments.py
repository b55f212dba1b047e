"""What is told of commitments."""

KINDS = []
