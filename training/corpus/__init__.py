"""The project's own plain rows (``plain*.jsonl``) and their checker."""
