"""How knowledge is tested. Questions, attempts, marks, item analysis. Knows people only as user rows."""
