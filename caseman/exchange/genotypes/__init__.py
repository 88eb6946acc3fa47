"""Genotypes that leave under codes, once a second person has released them."""
