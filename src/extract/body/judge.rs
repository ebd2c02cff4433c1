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
    /// Where to go on in the tree if the feature is at most `value`; the next node is for the others. A leaf of a [`Forest`] leads to itself.
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
    trees: Vec<Tree>,
}

/// Where a tree begins, and how many questions its longest path has.
#[derive(Debug, Clone, Copy)]
struct Tree {
    start: usize,
    depth: usize,
}

/// Beyond this margin the remaining trees never change the verdict in practice, so they are not asked.
const SURE: f32 = 3.0;
/// So many trees are asked before one may be sure.
const FEWEST_TREES: usize = 40;
/// So many rows go down a tree side by side: the processor waits for one answer while it asks the others.
const ABREAST: usize = 8;

impl Forest {
    /// Adds a tree.
    pub fn push(&mut self, mut tree: Vec<Node>) {
        let mut depths = vec![0_usize; tree.len()];
        let mut depth = 0;
        for at in 0..tree.len() {
            let Some(node) = tree.get_mut(at) else { break };
            let next = usize::from(node.next);
            if node.feature == LEAF || next <= at {
                // A child always stands after its parent; a node that says otherwise answers.
                *node = Node { feature: LEAF, next: u16::try_from(at).unwrap_or(0), value: node.value };
                continue;
            }
            let below = depths.get(at).map_or(0, |above| above + 1);
            depth = depth.max(below);
            for child in [next, next + 1] {
                if let Some(place) = depths.get_mut(child) {
                    *place = below;
                }
            }
        }
        self.trees.push(Tree { start: self.nodes.len(), depth });
        self.nodes.extend(tree);
    }

    /// How likely each row is, 0 to 1; a row has `width` features.
    pub fn ask(&self, rows: &[f32], width: usize) -> Vec<f32> {
        let rows: Vec<&[f32]> = rows.chunks(width.max(1)).collect();
        let mut margins = vec![0.0_f32; rows.len()];
        let mut unsure: Vec<usize> = (0..rows.len()).collect();
        for (count, tree) in self.trees.iter().enumerate() {
            if count >= FEWEST_TREES {
                unsure.retain(|row| margins.get(*row).is_some_and(|margin| margin.abs() <= SURE));
            }
            for abreast in unsure.chunks(ABREAST) {
                let asked = std::array::from_fn(|lane| abreast.get(lane).and_then(|row| rows.get(*row)).copied().unwrap_or_default());
                for (row, answer) in abreast.iter().zip(self.answers(*tree, &asked)) {
                    if let Some(margin) = margins.get_mut(*row) {
                        *margin += answer;
                    }
                }
            }
        }
        margins.into_iter().map(|margin| 1.0 / (1.0 + (-margin).exp())).collect()
    }

    /// What a tree adds to the margin of each row.
    fn answers(&self, tree: Tree, rows: &[&[f32]; ABREAST]) -> [f32; ABREAST] {
        let Some(nodes) = self.nodes.get(tree.start..) else { return [0.0; ABREAST] };
        let mut at = [0_usize; ABREAST];
        for _ in 0..tree.depth {
            for (at, row) in at.iter_mut().zip(rows) {
                let Some(node) = nodes.get(*at) else { continue };
                let value = row.get(usize::from(node.feature)).copied().unwrap_or(f32::NEG_INFINITY);
                *at = usize::from(node.next) + usize::from(value > node.value);
            }
        }
        at.map(|at| nodes.get(at).map_or(0.0, |leaf| leaf.value))
    }

    /// As text: a tree a line, nodes separated by `;`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (index, tree) in self.trees.iter().enumerate() {
            let end = self.trees.get(index + 1).map_or(self.nodes.len(), |next| next.start);
            for node in self.nodes.get(tree.start..end).unwrap_or_default() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_asked_down_to_its_leaves() {
        let forest = Forest::from_text("0 1 5;1 3 2;1.0000;-1.0000;2.0000;\n");
        let verdicts = forest.ask(&[9.0, 0.0, 1.0, 1.0, 1.0, 3.0], 2);
        let expected: Vec<f32> = [1.0_f32, -1.0, 2.0].iter().map(|margin| 1.0 / (1.0 + (-margin).exp())).collect();
        assert_eq!(verdicts, expected);
        assert_eq!(forest.to_text(), "0 1 5;1 3 2;1.0000;-1.0000;2.0000;\n");
    }

    #[test]
    fn a_damaged_tree_still_ends() {
        for text in ["0 0 5;1.0;", "0 900 5;1.0;", "9 1 0;", ";", "x y z;0 1 2 3;"] {
            assert!(Forest::from_text(text).ask(&[1.0, 2.0], 2).len() == 1, "{text}");
        }
    }
}
