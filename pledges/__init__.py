"""Pledges, action plans and what became of them."""
