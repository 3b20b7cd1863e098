"""Tables in, copy out: the only door to openpyxl and python-docx, and to files that sellers bring or take away."""
