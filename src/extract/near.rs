//! What follows an element in the order of the page: bylines, dates and the lead picture stand near the headline.

use ego_tree::NodeRef;
use scraper::Node;

/// The nodes after `node`, in the order of the page; those inside it are left out.
pub(super) fn following(node: NodeRef<'_, Node>) -> impl Iterator<Item = NodeRef<'_, Node>> {
    std::iter::successors(beyond(node), |node| node.first_child().or_else(|| beyond(*node)))
}

fn beyond(node: NodeRef<'_, Node>) -> Option<NodeRef<'_, Node>> {
    std::iter::once(node).chain(node.ancestors()).find_map(|node| node.next_sibling())
}
