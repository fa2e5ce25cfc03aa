# Checks before an issue goes out.
