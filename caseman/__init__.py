"""caseman: a case manager for mass-grave exhumation and identification."""
