"""python -m tests.proofs crash 50 7: a proof on the database of DATABASE_URL; prints its figures.

The first argument is a module of this package, the others are numbers for its ``run``.
"""

import json
import sys
from importlib import import_module

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()
call_command("migrate", verbosity=0, run_syncdb=True)
proof = import_module(f"tests.proofs.{sys.argv[1]}")
print(json.dumps(proof.run(*map(int, sys.argv[2:]))))
