"""Ratings of films for the demo, and what is asked about their users."""
