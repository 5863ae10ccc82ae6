"""The first page of the desk: what waits for who is signed in, most urgent first, each with its next step."""
