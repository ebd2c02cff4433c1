//! Who the page itself credits for the text.

use ego_tree::NodeId;

use super::Rules;
use crate::html::Dom;
use crate::model::Extraction;

/// Fills `credits`. `root` is the element that was taken as the article's root.
pub fn fill(_dom: &Dom, _root: Option<NodeId>, _rules: &Rules, _extraction: &mut Extraction) {}

/// One key for all names of an outlet or agency.
pub fn alias_key(name: &str) -> String {
    name.trim().to_lowercase()
}
