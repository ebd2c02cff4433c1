//! The body of an article.

use ego_tree::NodeId;

use super::{Context, Rules};
use crate::html::Dom;
use crate::model::Extraction;

/// Fills `body` and `quality`; gives the element that was taken as the article's root, for the credit.
pub fn fill(_dom: &Dom, _rules: &Rules, _context: &Context<'_>, _extraction: &mut Extraction) -> Option<NodeId> {
    None
}
