"""What a chronicle said at an earlier time: the same pages, made of the editions that stood then."""
