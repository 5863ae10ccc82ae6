"""One day at the desk: its words, its events in order, what it lacks, and what is done with many at once."""
