"""Family trees in and out as GEDCOM, the format in which genealogists' programs exchange them."""
