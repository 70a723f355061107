"""The tests. A package, because one that a client under test brings is called the same."""
