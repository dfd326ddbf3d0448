"""The wiring. Settings, urls, static files, the demo. Imports everybody; nobody imports it."""
