"""baocao: the plan and the report, true to the last figure."""

__version__ = "0.1.0"
