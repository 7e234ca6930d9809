"""How much was disclosed, through which channels, of which kinds."""
