"""``python -m demo.province OUT [--seed N] [--small]`` writes the fictional province Minh Họa into a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from baocao.figures.catalogue import Catalogue
from demo.province.reporting import Province
from demo.province.writing import write

SEED = 2026


def main(arguments: list[str] | None = None) -> None:
    """Write the province."""
    parser = argparse.ArgumentParser(prog="python -m demo.province", description=__doc__)
    parser.add_argument("out", type=Path, help="thư mục ghi ra / the folder to write to")
    parser.add_argument("--seed", type=int, default=SEED, help=f"hạt giống / the seed ({SEED})")
    parser.add_argument("--small", action="store_true", help="không có phân tổ / without breakdowns")
    call = parser.parse_args(arguments)
    write(Province(Catalogue.national(), call.seed, call.small), call.out)


if __name__ == "__main__":
    main()
