"""Page furniture shared by every room."""
