"""Pages that show more than one room: the first box, the board, the job, search."""
