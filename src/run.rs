//! One pass over all sources that are due.
