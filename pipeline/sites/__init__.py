"""Plug-ins for site builders: a page of a site is an article, and its episode stands on the page."""
