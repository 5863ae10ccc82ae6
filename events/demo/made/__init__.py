"""A made chronicle of any size, to show and to measure the site with: all that it tells of is invented.

``letters`` invents names and words in four scripts, ``index`` what entries are indexed under, ``telling`` the
events, and ``building`` brings them to the desk in bulk and has them printed by the ordinary bulk press.
"""
