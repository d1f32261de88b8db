"""What the trade knows: rules in plain Python, without a database, a web page or a library."""
