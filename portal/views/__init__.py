"""The public pages: each view chooses records and a template, and holds no rule."""
