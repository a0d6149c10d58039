"""Files that are made for people: calendars, posters, lists."""
