"""Action plans that come in as spreadsheets, in the shape in which the register goes out.

``parse`` reads a file and touches no database; ``plan`` says what it would change; ``commit``
writes it in one transaction.
"""
