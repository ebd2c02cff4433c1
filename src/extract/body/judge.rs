//! The judge: how likely each line is the article's, by a small forest of decision trees.
//!
//! The trees are data (`forest.txt`), fitted to pages with known bodies by `cargo run --release --example fit_body`; nothing in them knows a site.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// A node of a tree.
#[derive(Debug, Clone, Copy)]
pub enum Node {
    /// Go on at `low` where the feature is at most the border, else at `high`.
    Split {
        /// Which feature.
        feature: u16,
        /// The largest value that goes to `low`.
        border: f32,
        /// The next node.
        low: u16,
        /// The next node.
        high: u16,
    },
    /// What the tree adds to the margin.
    Leaf(f32),
}

/// Trees whose answers are added up.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    /// Where each tree begins.
    trees: Vec<usize>,
}

/// Beyond this margin the remaining trees never change the verdict in practice, so they are not asked.
const SURE: f32 = 4.5;
/// So many trees are asked before one may be sure.
const FEWEST_TREES: usize = 24;

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
        loop {
            match self.nodes.get(at) {
                Some(Node::Split { feature, border, low, high }) => {
                    let value = features.get(usize::from(*feature)).copied().unwrap_or(0.0);
                    // A child always stands after its parent, so this ends.
                    let next = start + usize::from(if value <= *border { *low } else { *high });
                    if next <= at {
                        return 0.0;
                    }
                    at = next;
                }
                Some(Node::Leaf(value)) => return *value,
                None => return 0.0,
            }
        }
    }

    /// As text: a tree a line, nodes separated by `;`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (index, start) in self.trees.iter().enumerate() {
            let end = self.trees.get(index + 1).copied().unwrap_or(self.nodes.len());
            for node in self.nodes.get(*start..end).unwrap_or_default() {
                match node {
                    Node::Split { feature, border, low, high } => {
                        let _ = write!(out, "{feature} {border} {low} {high};");
                    }
                    Node::Leaf(value) => {
                        let _ = write!(out, "{value:.4};");
                    }
                }
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
    let mut next = || parts.next();
    let (first, border, low, high) = (next(), next(), next(), next());
    match (
        first.and_then(|part| part.parse().ok()),
        border.and_then(|part| part.parse().ok()),
        low.and_then(|part| part.parse().ok()),
        high.and_then(|part| part.parse().ok()),
    ) {
        (Some(feature), Some(border), Some(low), Some(high)) => Node::Split { feature, border, low, high },
        _ => Node::Leaf(first.and_then(|part| part.parse().ok()).unwrap_or(0.0)),
    }
}

/// The forest that was fitted.
pub fn fitted() -> &'static Forest {
    static FITTED: LazyLock<Forest> = LazyLock::new(|| Forest::from_text(include_str!("forest.txt")));
    &FITTED
}
