"""The long proofs: each runs as processes of its own, on a database of its own.

pytest --hypothesis-profile=prove tests/proofs, as make prove has it; no other run collects them.
"""
