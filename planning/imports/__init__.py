"""What comes into the planning tool from files: frameworks and recording sheets.

``parse`` reads a file and touches no database; ``commit`` writes in one transaction.
"""
