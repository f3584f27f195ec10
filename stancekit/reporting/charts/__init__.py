"""Charts of a page: from values to inline SVG, in the page's own colours, nothing fetched."""
