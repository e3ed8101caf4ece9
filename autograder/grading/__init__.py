"""From one handed-in notebook to outcomes and points."""
