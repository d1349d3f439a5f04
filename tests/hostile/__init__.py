"""Hostile files and the judge of what the program makes of them.

``python -m tests.hostile`` runs all of it; ``test_hostile.py`` a smaller part.
"""
