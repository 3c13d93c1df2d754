"""What must hold when something breaks, tried for real."""
