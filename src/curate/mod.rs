//! Deciding what of a poll is kept: filters, identity, plan, merge.
