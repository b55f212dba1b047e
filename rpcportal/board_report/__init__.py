"""The board report: figures of a period, the words beside them, as a page, a PDF and Word.

It shows things of every room, so it stands above them all. The verbs that keep it are
pledges/reporting.py.
"""
