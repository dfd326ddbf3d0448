"""What there is to learn. Competencies, guiding principles, courses, lesson pages. Knows nobody's name."""
