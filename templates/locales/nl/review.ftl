# Approving issues.
