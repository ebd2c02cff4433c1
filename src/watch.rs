//! Passes for ever.
