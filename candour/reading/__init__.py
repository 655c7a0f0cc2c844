"""Reading: bytes of a landed file become a raw table, or a sentence that says why not."""
