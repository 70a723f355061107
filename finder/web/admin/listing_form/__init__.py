"""The form of a listing: a module a part, each with what its fields show of the facts and what they say of them."""
