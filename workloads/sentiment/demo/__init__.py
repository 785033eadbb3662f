"""Posts and questions for the demo."""
