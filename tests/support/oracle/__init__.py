"""What the site should answer, told the slow way: from sheets, one entry after the other.

Nothing is shared with the site or its indexes but ``chronicle/folding.py``. ``sheets`` reads what is printed,
``questions`` what a reader types, ``answers`` says what is found, in which order, and what stands beside each
choice; ``curious`` makes up what to ask, ``pages`` reads what the site says.
"""
