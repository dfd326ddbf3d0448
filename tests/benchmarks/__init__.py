"""Speed, printed as ratios to a baseline measured in the same run. ``make bench`` runs all of it."""
