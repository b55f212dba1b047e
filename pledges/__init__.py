"""Pledges, action plans and what became of them. Nothing is built here yet."""
