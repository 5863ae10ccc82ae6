"""Who signs in at the desk: second factors, limits on guessing, sessions.

The screens of it are in events/admin/desk/signing.
"""
