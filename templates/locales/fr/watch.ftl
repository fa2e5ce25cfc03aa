# Sending and its report.
