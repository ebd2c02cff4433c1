//! Dates: finding them in a page, and reading them in many languages.

use jiff::tz::TimeZone;

use super::{Context, Rules};
use crate::html::Dom;
use crate::model::{Extraction, When};

/// Reads a date (and time) as people and programs write it, whole text or part of it.
///
/// `language` is BCP 47 or empty; `zone` is for times that name none.
pub fn parse(_text: &str, _language: &str, _zone: &TimeZone) -> Option<When> {
    None
}

/// Fills `published` and `modified`.
pub fn fill(_dom: &Dom, _data: &super::json_ld::JsonLd, _rules: &Rules, _context: &Context<'_>, _extraction: &mut Extraction) {}
