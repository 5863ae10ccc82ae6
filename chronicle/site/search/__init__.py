"""Search: what a reader asks, which entries answer it, and where in them."""
