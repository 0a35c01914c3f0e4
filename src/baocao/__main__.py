"""``python -m baocao`` is the command line."""

import sys

from baocao.cli import main

sys.exit(main())
