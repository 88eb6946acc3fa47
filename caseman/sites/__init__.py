"""Sites, the features (graves) in them, and the numbers reserved there."""
