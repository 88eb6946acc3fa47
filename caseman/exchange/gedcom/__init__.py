"""Family trees as GEDCOM, the format in which genealogists' programs exchange them."""
