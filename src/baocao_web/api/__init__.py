"""What programs do here: the same acts as on the screens, by tokens that reach no further than their owners."""
