//! When a source is due.
