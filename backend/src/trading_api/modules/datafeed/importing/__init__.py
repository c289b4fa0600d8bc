"""Reading files of other makers for the bars store."""
