//! The judge: how likely each line is the article's, by a small forest of decision trees.
//!
//! The trees are data (`forest.txt`), fitted to pages with known bodies by `cargo run --release --example fit_body`; nothing in them knows a site.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// A node of a tree: a question about one feature, or what the tree adds to the margin.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Which feature is asked of; [`LEAF`] for none.
    pub feature: u16,
    /// Where to go on in the tree if the feature is at most `value`; the next node is for the others.
    pub next: u16,
    /// The border of a question; the answer of a leaf.
    pub value: f32,
}

/// The feature of a node that asks nothing.
pub const LEAF: u16 = u16::MAX;

impl Node {
    /// A node that answers.
    pub fn leaf(value: f32) -> Self {
        Self { feature: LEAF, next: 0, value }
    }
}

/// Trees whose answers are added up.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    /// Where each tree begins.
    trees: Vec<usize>,
}

/// Beyond this margin the remaining trees never change the verdict in practice, so they are not asked.
const SURE: f32 = 3.0;
/// So many trees are asked before one may be sure.
const FEWEST_TREES: usize = 40;

impl Forest {
    /// Adds a tree.
    pub fn push(&mut self, tree: Vec<Node>) {
        self.trees.push(self.nodes.len());
        self.nodes.extend(tree);
    }

    /// How likely, 0 to 1.
    pub fn ask(&self, features: &[f32]) -> f32 {
        let mut margin: f32 = 0.0;
        for (count, start) in self.trees.iter().enumerate() {
            if count >= FEWEST_TREES && margin.abs() > SURE {
                break;
            }
            margin += self.leaf(*start, features);
        }
        1.0 / (1.0 + (-margin).exp())
    }

    fn leaf(&self, start: usize, features: &[f32]) -> f32 {
        let mut at = start;
        while let Some(node) = self.nodes.get(at) {
            let Some(value) = features.get(usize::from(node.feature)) else { return node.value };
            // A child always stands after its parent, so this ends.
            let next = start + usize::from(node.next) + usize::from(*value > node.value);
            if next <= at {
                break;
            }
            at = next;
        }
        0.0
    }

    /// As text: a tree a line, nodes separated by `;`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (index, start) in self.trees.iter().enumerate() {
            let end = self.trees.get(index + 1).copied().unwrap_or(self.nodes.len());
            for node in self.nodes.get(*start..end).unwrap_or_default() {
                let Node { feature, next, value } = node;
                let _ = if *feature == LEAF { write!(out, "{value:.4};") } else { write!(out, "{feature} {next} {value};") };
            }
            out.push('\n');
        }
        out
    }

    /// Reads what [`Forest::to_text`] wrote; a node that cannot be read is a leaf that says nothing.
    pub fn from_text(text: &str) -> Self {
        let mut forest = Self::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            forest.push(line.split(';').filter(|node| !node.is_empty()).map(read_node).collect());
        }
        forest
    }
}

fn read_node(text: &str) -> Node {
    let mut parts = text.split(' ');
    let first = parts.next().unwrap_or("");
    match (first.parse(), parts.next().and_then(|part| part.parse().ok()), parts.next().and_then(|part| part.parse().ok())) {
        (Ok(feature), Some(next), Some(value)) => Node { feature, next, value },
        _ => Node::leaf(first.parse().unwrap_or(0.0)),
    }
}

/// The forest that was fitted.
pub fn fitted() -> &'static Forest {
    static FITTED: LazyLock<Forest> = LazyLock::new(|| Forest::from_text(include_str!("forest.txt")));
    &FITTED
}
