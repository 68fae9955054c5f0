"""Reports of the past, made in the background, and the documents that are kept."""
