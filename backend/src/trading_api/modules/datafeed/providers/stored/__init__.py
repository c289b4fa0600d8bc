"""What has been imported or recorded, as a market of its own: history only, by the real clock."""
