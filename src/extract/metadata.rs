//! Title, authors, image, summary, language, site, tags, section.

use super::{Context, Rules};
use crate::html::Dom;
use crate::model::Extraction;

/// Fills the fields that the head and the marked-up parts of the page give.
pub fn fill(_dom: &Dom, _data: &super::json_ld::JsonLd, _rules: &Rules, _context: &Context<'_>, _extraction: &mut Extraction) {}
