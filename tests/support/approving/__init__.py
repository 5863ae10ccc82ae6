"""Five people at one desk who do what comes to mind, and what must be true of every public page meanwhile."""
