"""The dry rooms run where neither Django nor a database driver is installed."""

import subprocess
import sys

PROGRAM = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "psycopg", "helhed_web"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
import pkgutil
import helhed.periods, helhed.rules, helhed.law

for room in (helhed.periods, helhed.rules, helhed.law):
    for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        __import__(module.name)
print(len(helhed.law.catalogue().groups()), "groups")
"""


def test_law_can_be_read_without_the_web():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 30
