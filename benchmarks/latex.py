"""Compile our own texts from their LaTeX source, where LuaLaTeX is installed.

    dragoman export -f latex -o build/latex
    python benchmarks/latex.py build/latex

Says for each file how long LuaLaTeX took and what it complained about.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def compiled(source: Path, folder: str) -> str:
    """A line about one file."""
    command = ["lualatex", "-interaction=nonstopmode", f"-output-directory={folder}", str(source)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    took = time.perf_counter() - start
    complaints = re.findall(r"^(?:! .*|Missing character: .*)", done.stdout, re.MULTILINE)
    told = "; ".join(complaints[:3]) or "no complaint"
    return f"{source.name}: {took:.1f} s, exit {done.returncode}, {told}"


def main() -> int:
    if shutil.which("lualatex") is None:
        print("lualatex is not installed: nothing was compiled")
        return 1
    sources = sorted(Path(sys.argv[1]).rglob("*.tex"))
    with tempfile.TemporaryDirectory() as folder:
        for source in sources:
            print(compiled(source, folder))
    return 0 if sources else 1


if __name__ == "__main__":
    sys.exit(main())
