"""Is the order any good? Invented visitors look for care among the real places of the index.

Nobody's clicks are known here, so visitors are made by two rules (`visitors.py`) that share nothing
with the score but the listings. Each looks at some places, and the one that they would then choose
is hidden: how far up does each method put it, of all places there are? The figures compare methods
on real listings; they do not foretell what people will do.
"""
