"""Projects worked on at random, and nothing is lost: `python benchmarks/kept.py`.

Texts are changed, renamed, split, joined and deleted, translated, branched and merged, as
`tests/project_model.py` tells, for many more steps than the tests have time for. After every step
all that people wrote has to be there, and a second update may change nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from project_model import Model


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=20)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    faults, did, written, begun = [], Counter(), 0, time.process_time()
    for seed in range(asked.seed, asked.seed + asked.projects):
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            model = Model(Path(folder), seed)
            try:
                model.run(asked.steps)
            except AssertionError as fault:
                faults.append(f"project {seed}: {fault}")
            did.update(model.did)
            written += len(model.branch.written)
    acts = ", ".join(f"{count} {name}" for name, count in did.most_common())
    print(f"{asked.projects} projects, {sum(did.values())} steps: {acts}")
    print(f"{written} texts written, {len(faults)} projects with a fault")
    print(f"{time.process_time() - begun:.1f} s of CPU time")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
