"""Genotypes as laboratories write them, read into one shape. Pure: text in, values out."""
