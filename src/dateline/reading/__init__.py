"""Reading: from one report to its record, with no disk, clock or network."""
