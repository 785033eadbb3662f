"""Tickets for the demo, and what is asked about them."""
