"""What is kept about one student, wherever it lies: found, handed over, renamed, deleted."""
