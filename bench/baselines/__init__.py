"""What the readers are measured beside: plain regular expressions, and a ready-made NER pipeline."""
