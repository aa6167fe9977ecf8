"""An equal page in Wagtail, made as its manual teaches. Runs in an environment of its own: nothing
of the portal is imported here, and nothing of this by the portal.
"""
