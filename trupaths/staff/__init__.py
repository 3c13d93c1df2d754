"""How staff sign in: name and password, then a code from their phone; `docs/sign-in.md`.

site.py       the admin site: its addresses, and what it does at sign-in and sign-out
signing.py    the steps from a name to a session
factor.py     the second factor: the phone, and recovery codes
sessions.py   who is signed in, for how long; the end of it
account.py    the page where staff see and change how they sign in
people.py     accounts in the admin: a factor reset, sessions ended
passwords.py  a password holds no name of the site or of its owner
"""
