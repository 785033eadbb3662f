"""What AWS refuses, as tables with their sources, and how the plans are held to them."""
