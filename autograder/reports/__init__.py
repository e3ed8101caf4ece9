"""What a class did: the report for its instructor, and tables for learning platforms."""
