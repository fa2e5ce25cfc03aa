# Composing and previewing issues.
