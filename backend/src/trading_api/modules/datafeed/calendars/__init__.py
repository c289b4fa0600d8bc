"""When exchanges trade: computed from exchange calendars, and corrected by a file of the user's own."""
