"""How the models that lie in `models/` were trained."""
