"""The directory for others to use.

hsds.py        listings as rows of the HSDS tables
vocabulary.py  the words that such rows use
packages.py    rows as a tabular data package, or as JSON
"""
