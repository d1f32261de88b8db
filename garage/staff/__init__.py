"""Who works here, who is signed in, and who did what."""
