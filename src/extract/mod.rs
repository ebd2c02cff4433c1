//! From an article page to an [`Article`](crate::model::Article): each field by its order of precedence.
//!
//! Extraction cannot fail: one field that misses costs that field only. Everything comes from one [`Dom`].

pub mod body;
pub mod credit;
pub mod date;
mod home;
pub mod json_ld;
pub mod metadata;
mod near;
mod rules;

pub use rules::{CreditRule, Rules};

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::html::{Dom, surface};
use crate::model::{Extraction, Link};
use crate::url::Url;

/// A page with this much text, in bytes, is no wall, whatever words are on it.
const SURELY_TEXT: usize = 1_500;

/// What is known of an article before its page is read.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// What the listing says of it.
    pub link: Option<&'a Link>,
    /// The zone of times that name none.
    pub zone: TimeZone,
    /// When the page was fetched: nothing can have been published later. `None` for pages of unknown age.
    pub now: Option<Timestamp>,
    /// Home pages that the user knows, by the name of the outlet or agency.
    pub outlets: Option<&'a BTreeMap<String, Url>>,
    /// Whether to keep the candidates of each field, for `try`.
    pub explain: bool,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self { link: None, zone: TimeZone::UTC, now: None, outlets: None, explain: false }
    }
}

/// Extracts the article of a page.
pub fn extract(dom: &Dom, rules: &Rules, context: &Context<'_>) -> Extraction {
    let mut extraction = Extraction { notes: dom.notes.clone(), ..Extraction::default() };
    let data = json_ld::JsonLd::read(dom);
    let heading = metadata::fill(dom, &data, rules, context, &mut extraction);
    date::fill(dom, &data, heading, rules, context, &mut extraction);
    let root = body::fill(dom, &data, rules, context, &mut extraction);
    metadata::fill_summary(dom, &data, heading, rules, context, &mut extraction);
    credit::fill(dom, root, &data, rules, context, &mut extraction);
    let length = extraction.article.body.as_ref().map_or(0, |body| body.value.text.len());
    extraction.surface = if length < SURELY_TEXT { surface::surface(dom, 0) } else { crate::model::Surface::Open };
    extraction
}
