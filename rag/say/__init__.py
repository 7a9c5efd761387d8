"""What is said of a clause: its bodies, its value, its sentences."""
