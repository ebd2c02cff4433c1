//! The judge: how likely each line is the article's, by a small forest of decision trees.
//!
//! The trees are data (`forest.txt`), fitted to pages with known bodies by `cargo run --release --example fit_body`; nothing in them knows a site.

use std::fmt::Write as _;
use std::ops::Range;
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
///
/// No tree is walked. Each question that is answered with "more" strikes out the leaves on its other side, and the first leaf that is left is the answer: every
/// row has the same steps, so that several are asked in one (Lucchese et al. 2015, "QuickScorer").
#[derive(Debug, Clone, Default)]
pub struct Forest {
    /// The trees as they were grown.
    grown: Vec<Vec<Node>>,
    questions: Vec<Question>,
    leaves: Vec<f32>,
    trees: Vec<Tree>,
}

#[derive(Debug, Clone, Copy)]
struct Question {
    feature: u16,
    border: f32,
    /// The leaves, by bits, that are left where the feature is more than the border.
    left: u32,
}

/// What of the questions and leaves is a tree's.
#[derive(Debug, Clone)]
struct Tree {
    questions: Range<usize>,
    leaves: Range<usize>,
}

/// What is left to do of a tree that is read: the leaves below a node are counted before those of its sister.
enum Step {
    Read(usize),
    /// All below the "at most" of a question is read.
    Strike(usize),
}

/// A tree has no more leaves; one with more is left out.
pub const MOST_LEAVES: usize = 32;
/// Beyond this margin the remaining trees never change the verdict in practice, so they are not asked.
const SURE: f32 = 3.0;
/// So many trees are asked before one may be sure, and then before each further look.
const STAGES: [usize; 2] = [40, 60];
/// So many rows are asked side by side.
const ABREAST: usize = 16;

impl Forest {
    /// Adds a tree.
    pub fn push(&mut self, tree: Vec<Node>) {
        let (questions, leaves) = (self.questions.len(), self.leaves.len());
        if self.plant(&tree, leaves).is_none() {
            self.questions.truncate(questions);
            self.leaves.truncate(leaves);
        }
        self.trees.push(Tree { questions: questions..self.questions.len(), leaves: leaves..self.leaves.len() });
        self.grown.push(tree);
    }

    /// Reads a tree, whose leaves begin at `first`.
    fn plant(&mut self, tree: &[Node], first: usize) -> Option<()> {
        let mut steps = vec![Step::Read(0)];
        while let Some(step) = steps.pop() {
            let read = u32::try_from(self.leaves.len() - first).ok()?;
            match step {
                Step::Strike(question) => {
                    let question = self.questions.get_mut(question)?;
                    // `left` has the number of leaves that were read before the question.
                    question.left = !(bits(read) & !bits(question.left));
                }
                Step::Read(at) => {
                    let node = tree.get(at)?;
                    let next = usize::from(node.next);
                    // A child always stands after its parent; a node that says otherwise answers.
                    if node.feature == LEAF || next <= at {
                        self.leaves.push(node.value);
                        (self.leaves.len() - first <= MOST_LEAVES).then_some(())?;
                    } else {
                        steps.extend([Step::Read(next + 1), Step::Strike(self.questions.len()), Step::Read(next)]);
                        self.questions.push(Question { feature: node.feature, border: node.value, left: read });
                    }
                }
            }
        }
        Some(())
    }

    /// How likely each row is, 0 to 1; a row has `width` features.
    pub fn ask(&self, rows: &[f32], width: usize) -> Vec<f32> {
        let rows: Vec<&[f32]> = rows.chunks(width.max(1)).collect();
        let mut margins = vec![0.0_f32; rows.len()];
        let mut unsure: Vec<usize> = (0..rows.len()).collect();
        let mut features = vec![[0.0_f32; ABREAST]; width];
        let [first, further] = STAGES;
        let (early, late) = self.trees.split_at(first.min(self.trees.len()));
        for stage in std::iter::once(early).chain(late.chunks(further)) {
            for abreast in unsure.chunks(ABREAST) {
                for (lane, row) in abreast.iter().filter_map(|row| rows.get(*row)).enumerate() {
                    let places = features.iter_mut().filter_map(|feature| feature.get_mut(lane));
                    places.zip(*row).for_each(|(place, value)| *place = *value);
                }
                let mut sums = [0.0_f32; ABREAST];
                stage.iter().for_each(|tree| self.add(tree, &features, &mut sums));
                for (row, sum) in abreast.iter().zip(sums) {
                    if let Some(margin) = margins.get_mut(*row) {
                        *margin += sum;
                    }
                }
            }
            unsure.retain(|row| margins.get(*row).is_some_and(|margin| margin.abs() <= SURE));
        }
        margins.into_iter().map(|margin| 1.0 / (1.0 + (-margin).exp())).collect()
    }

    /// Adds what a tree answers to rows with these features.
    fn add(&self, tree: &Tree, features: &[[f32; ABREAST]], sums: &mut [f32; ABREAST]) {
        let mut left = [u32::MAX; ABREAST];
        for question in self.questions.get(tree.questions.clone()).unwrap_or_default() {
            let Some(values) = features.get(usize::from(question.feature)) else { continue };
            for (left, value) in left.iter_mut().zip(values) {
                // All bits where the value is at most the border. Written so, it is one step for all rows.
                *left &= question.left | u32::from(*value <= question.border).wrapping_neg();
            }
        }
        let leaves = self.leaves.get(tree.leaves.clone()).unwrap_or_default();
        for (sum, left) in sums.iter_mut().zip(left) {
            *sum += leaves.get(left.trailing_zeros() as usize).copied().unwrap_or_default();
        }
    }

    /// As text: a tree a line, nodes separated by `;`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for tree in &self.grown {
            for Node { feature, next, value } in tree {
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

/// The first `count` of 32 bits.
fn bits(count: u32) -> u32 {
    1_u32.checked_shl(count).map_or(u32::MAX, |bit| bit - 1)
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
    fn every_leaf_of_a_tree_can_be_reached() {
        let last = MOST_LEAVES - 1;
        let mut tree = vec![Node { feature: 0, next: 1, value: last as f32 }];
        for border in (1..last).rev() {
            let next = u16::try_from(tree.len() + 2).unwrap();
            tree.extend([Node { feature: 0, next, value: border as f32 }, Node::leaf(border as f32 + 1.0)]);
        }
        tree.extend([Node::leaf(0.0), Node::leaf(1.0)]);
        let mut forest = Forest::default();
        forest.push(tree);
        let rows: Vec<f32> = (0..MOST_LEAVES).map(|row| row as f32 + 0.5).collect();
        let margins: Vec<f32> = forest.ask(&rows, 1).iter().map(|verdict| (verdict / (1.0 - verdict)).ln().round()).collect();
        assert_eq!(margins.iter().take(10).copied().collect::<Vec<_>>(), (0..10).map(|leaf| leaf as f32).collect::<Vec<_>>());
        assert_eq!(forest.leaves.len(), MOST_LEAVES);
    }

    #[test]
    fn a_damaged_tree_still_ends() {
        for text in [
            "0 0 5;1.0;",
            "0 900 5;1.0;",
            "9 1 0;",
            ";",
            "x y z;0 1 2 3;",
            &"0 1 5;".repeat(60),
            &(0..60).map(|at| format!("0 {} 5;", at + 1)).collect::<String>(),
        ] {
            assert!(Forest::from_text(text).ask(&[1.0, 2.0], 2).len() == 1, "{text}");
        }
    }
}
