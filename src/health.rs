//! Judging a poll against history, and the health of a source.
