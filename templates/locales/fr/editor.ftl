# Writing entries.
