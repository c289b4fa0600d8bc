"""Everything that is generated from the models and routes."""
