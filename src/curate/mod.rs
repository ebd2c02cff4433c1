//! Deciding what of a poll is kept: which links deserve a request, which page is which item, what changed, what is filtered out.
//!
//! Pure: what is known comes in as values, what is to be stored goes out as values.

pub mod filter;
pub mod identity;
pub mod kinship;
pub mod merge;
pub mod plan;

pub use filter::{FeedFilter, ItemFilter};
pub use merge::{Change, Incoming, merge};
pub use plan::{Known, Plan, Sighting, plan};
