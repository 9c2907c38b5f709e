"""Why and why not on a page: the groups sorted by how near they are, and the lines of a criterion as a tree."""
