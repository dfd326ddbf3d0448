"""Who must learn what, by when, and how far they have come. People, check plans, evidence, scorecards, appraisals."""
