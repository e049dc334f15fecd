"""Full text beside a store: an index in SQLite, in the store's folder and in step with it."""
