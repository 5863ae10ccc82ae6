"""How rows of the desk are found by their words: one table of folded text, written with what it is made of.

``telling`` says which words a row is found by, ``keeping`` writes them whenever a row is saved or deleted,
and ``asking`` makes of what somebody types the rows that have those words.
"""
