"""The practice library: models, standards and measures. Nothing is built here yet."""
