"""Pages: a frozen view in, a tree of components out. Callbacks live in ``app`` and only call a view and a page."""
