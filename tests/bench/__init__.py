"""The benchmark: how fast the program opens and answers, as a user sees it in a terminal."""
