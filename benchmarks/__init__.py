"""What is measured by hand: scripts that make their own data."""
