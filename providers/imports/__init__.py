"""From a published directory to listings. Each reader makes records; the rest is the same for all.

reading.py     a file, whatever its wrapping, as rows of text
repair.py      ZIP codes, phones, names: repaired, or refused by name
records.py     what one row says, in our words
samhsa.py, findtreatment.py, hsds.py, spreadsheet.py      readers: rows in, records out
merging.py     what several sources and people say, as one listing
points.py      where it stands, as far as can be trusted
running.py     batches, resuming, what left the directory, the report
writing.py     one batch into the database
undoing.py     a run taken back
"""
