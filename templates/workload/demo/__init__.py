"""Tickets and questions for the demo."""
