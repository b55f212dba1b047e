"""What is told of audits."""

KINDS = []
