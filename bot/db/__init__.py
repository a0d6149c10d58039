"""What is remembered: SQLite by default, PostgreSQL where there are several machines. Only here are tables and queries."""
