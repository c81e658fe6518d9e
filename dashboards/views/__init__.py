"""Views: findings and a selection in, a frozen view out. Every sentence on a page is made here, and tested here."""
