"""Know the places and actors of the world: look-up, and the scripts that build each list from its source."""
