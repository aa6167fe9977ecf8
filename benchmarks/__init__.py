"""What must not grow with the site, measured by ``make bench``: figures, which need quiet."""
