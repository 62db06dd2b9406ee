#!/usr/bin/env python3
"""Makes the pictures of README.md and docs/ from those that test.sh takes.

    editors/test.sh vscode
    pip install pillow==12.0.0
    python3 editors/vscode/pictures.py

Each is a part of the workbench, with few colours, so that it stays small.
"""

import pathlib
import sys

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
TAKEN = ROOT / "target/editors/vscode/pictures"
KEPT = ROOT / "docs/pictures"
# By name: of which picture, from the left and the top to the right and the bottom.
PARTS = {
    "hover": ("hover-claim", (352, 92, 1160, 544)),
    "reading-mode": ("reading-dimmed-light", (352, 92, 1160, 640)),
    "preview": ("preview-light", (352, 92, 1260, 660)),
    "claims": ("claims-by-status-light", (52, 36, 1160, 640)),
    "provenance": ("provenance-light", (52, 402, 1276, 768)),
}

KEPT.mkdir(exist_ok=True)
for name, (taken, part) in PARTS.items():
    path = TAKEN / f"{taken}.png"
    if not path.exists():
        sys.exit(f"{path.relative_to(ROOT)} is missing: run editors/test.sh vscode first")
    picture = Image.open(path).convert("RGB").crop(part).quantize(96, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    picture.save(KEPT / f"{name}.png", optimize=True)
    print(f"{name}: {picture.width} by {picture.height}, {(KEPT / f'{name}.png').stat().st_size / 1024:.0f} KB")
