"""The dashboards: figures, views, pages and the app that serves them."""
