//! Writing feeds.
