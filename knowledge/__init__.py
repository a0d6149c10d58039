"""What is known, and what was meant: curated content, places, calendar and matching. Pure; no input or output but reading content."""
