"""Log-in: two doors, by an identity provider or by a password, how long it lasts, and the way out."""
