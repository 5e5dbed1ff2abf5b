"""Times migrate beside the command-line client and every peer that is found: see tests/README.md."""
