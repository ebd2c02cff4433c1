//! From a listing page to the links of its articles, in tiers, certain ones first.
//!
//! Discovery cannot fail: a messy page gives fewer links and more notes.

pub mod feed;
mod kind;
mod rules;
pub mod sitemap;

pub use kind::{Kind, kind};
pub use rules::Rules;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::html::Dom;
use crate::model::Discovery;

/// What discovery needs to know besides the page.
#[derive(Debug, Clone)]
pub struct Context {
    /// The zone of times that name none.
    pub zone: TimeZone,
    /// When the page was fetched.
    pub now: Option<Timestamp>,
    /// Whether to keep groups and dropped links, for `try`.
    pub explain: bool,
}

/// Finds the articles that a listing page links to.
pub fn discover(_dom: &Dom, _rules: &Rules, _context: &Context) -> Discovery {
    Discovery::default()
}
