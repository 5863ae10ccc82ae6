"""What readers subscribe to: the newest entries of any timeline, corrections, and closed days."""
