"""From the files of a study to a Panel: tables, dialects, the reader, the check, a new study."""
