"""The web kit: what every page needs and no page is about. It knows no domain."""
