"""The migrations of the record in a later version: each table that has triggers gets one more constraint."""
