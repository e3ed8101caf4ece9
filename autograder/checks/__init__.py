"""Hidden cases, one module a topic. Never shipped to students, never loaded beside their code."""
