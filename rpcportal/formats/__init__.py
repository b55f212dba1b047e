"""How dates and times are written, after GOV.UK's style."""
