"""Plain addresses beside the pages: what scripts ask for, what forms send, what is downloaded. See ``catalogue``."""
