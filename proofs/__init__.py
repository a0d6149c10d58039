"""Slow proofs (`make prove`): the program as it runs in earnest, killed and crowded."""
