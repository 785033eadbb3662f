"""Support tickets, and which of them are urgent."""
