"""What belongs on papers, read within a scope: the file of a case, the work at a site."""
