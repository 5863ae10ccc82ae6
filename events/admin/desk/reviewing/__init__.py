"""Citations decided on one after the other: the queue, one of them in full, and the record of its source."""
