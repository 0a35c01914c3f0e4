"""What units make together: the consolidated form, and a form gathered from the level below."""
