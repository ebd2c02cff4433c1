//! Keeping items in SQLite.
