"""What is told of prompts."""

KINDS = []
