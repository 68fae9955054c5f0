"""`bodemplaat doctor`: what is wrong with an installation, and what to do about it.

It looks and changes nothing; each module looks at one part.
"""
