"""How Django words dates and times by itself, on the desk: as the site words them, without “6 p.m.”."""

TIME_FORMAT = "H:i"
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
