//! The judge: how likely each line is the article's, by a small forest of decision trees.
//!
//! The trees are data (`forest.txt`), fitted to pages with known bodies by `cargo run --release --example fit_body`; nothing in them knows a site.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use super::coarse::Coarse;

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
    trees: Vec<Tree>,
}

#[derive(Debug, Clone, Copy)]
struct Question {
    feature: u16,
    border: Coarse,
    /// The leaves, by bits, that are left where the feature is more than the border.
    left: u16,
}

/// Which of the questions are a tree's, and its leaves.
#[derive(Debug, Clone)]
struct Tree {
    questions: Range<usize>,
    leaves: [f32; MOST_LEAVES],
}

/// What is left to do of a tree that is read: the leaves below a node are counted before those of its sister.
enum Step {
    Read(usize),
    /// All below the "at most" of a question is read.
    Strike(usize),
}

/// A tree has no more leaves, each of which is a bit of `Question::left`; one with more is left out.
pub const MOST_LEAVES: usize = u16::BITS as usize;
/// Beyond this margin the remaining trees hardly ever turn the verdict, so they are not asked.
const SURE: f32 = 3.0;
/// They would have made it surer still, and a verdict counts in the mean of its place: a margin that is sure counts at least so much. With 3.5 to stop at, or 6
/// here, bodies of sites not fitted to are no better.
const SURER: f32 = 4.5;
/// So many trees are asked before one may be sure, and then before each further look.
const STAGES: [usize; 2] = [40, 60];
/// So many rows are asked side by side.
const ABREAST: usize = 32;

impl Forest {
    /// Adds a tree.
    pub fn push(&mut self, tree: Vec<Node>) {
        let first = self.questions.len();
        let leaves = self.plant(&tree).unwrap_or_else(|| {
            self.questions.truncate(first);
            [0.0; MOST_LEAVES]
        });
        self.trees.push(Tree { questions: first..self.questions.len(), leaves });
        self.grown.push(tree);
    }

    /// Reads a tree, and gives its leaves.
    fn plant(&mut self, tree: &[Node]) -> Option<[f32; MOST_LEAVES]> {
        let mut leaves = [0.0; MOST_LEAVES];
        let mut read = 0;
        let mut steps = vec![Step::Read(0)];
        while let Some(step) = steps.pop() {
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
                        *leaves.get_mut(usize::from(read))? = node.value;
                        read += 1;
                    } else {
                        steps.extend([Step::Read(next + 1), Step::Strike(self.questions.len()), Step::Read(next)]);
                        self.questions.push(Question { feature: node.feature, border: Coarse::of(node.value), left: read });
                    }
                }
            }
        }
        Some(leaves)
    }

    /// How likely each row is, 0 to 1; a row has `width` features.
    pub fn ask(&self, rows: &[Coarse], width: usize) -> Vec<f32> {
        let rows: Vec<&[Coarse]> = rows.chunks(width.max(1)).collect();
        let mut margins = vec![0.0_f32; rows.len()];
        let mut unsure: Vec<usize> = (0..rows.len()).collect();
        let mut features = vec![[Coarse::default(); ABREAST]; width];
        let [first, further] = STAGES;
        let (mut left, mut count) = (self.trees.as_slice(), first);
        while !left.is_empty() {
            let (stage, rest) = left.split_at(count.min(left.len()));
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
            if !rest.is_empty() {
                unsure.retain(|row| !margins.get_mut(*row).is_some_and(settle));
            }
            (left, count) = (rest, further);
        }
        margins.into_iter().map(|margin| 1.0 / (1.0 + (-margin).exp())).collect()
    }

    /// Adds what a tree answers to rows with these features.
    fn add(&self, tree: &Tree, features: &[[Coarse; ABREAST]], sums: &mut [f32; ABREAST]) {
        let mut left = [u16::MAX; ABREAST];
        for question in self.questions.get(tree.questions.clone()).unwrap_or_default() {
            let Some(values) = features.get(usize::from(question.feature)) else { continue };
            for (left, value) in left.iter_mut().zip(values) {
                // All bits where the value is at most the border. Written so, it is one step for all rows.
                *left &= question.left | u16::from(*value <= question.border).wrapping_neg();
            }
        }
        for (sum, left) in sums.iter_mut().zip(left) {
            // At least one is left of a tree's leaves; the remainder spares the question whether there is such a leaf.
            *sum += tree.leaves.get(left.trailing_zeros() as usize % MOST_LEAVES).copied().unwrap_or_default();
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

/// Whether a margin is sure before all trees are asked; then what they would have added is added.
fn settle(margin: &mut f32) -> bool {
    let is_sure = margin.abs() > SURE;
    if is_sure {
        *margin = margin.abs().max(SURER).copysign(*margin);
    }
    is_sure
}

/// The first `count` of 16 bits.
fn bits(count: u16) -> u16 {
    1_u16.checked_shl(u32::from(count)).map_or(u16::MAX, |bit| bit - 1)
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

    fn told(numbers: &[f32]) -> Vec<Coarse> {
        numbers.iter().map(|number| Coarse::of(*number)).collect()
    }

    #[test]
    fn a_tree_is_asked_down_to_its_leaves() {
        let forest = Forest::from_text("0 1 5;1 3 2;1.0000;-1.0000;2.0000;\n");
        let verdicts = forest.ask(&told(&[9.0, 0.0, 1.0, 1.0, 1.0, 3.0]), 2);
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
        let margins = forest.ask(&told(&rows), 1).into_iter().map(|verdict| (verdict / (1.0 - verdict)).ln().round());
        assert_eq!(margins.collect::<Vec<_>>(), (0..MOST_LEAVES).map(|leaf| leaf as f32).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_sure_early_is_as_sure_as_if_all_were_asked() {
        let margin = |verdict: f32| (verdict / (1.0 - verdict)).ln();
        // Each tree adds a tenth, up for what is more than 5.
        let trees = "0 1 5;-0.1000;0.1000;\n".repeat(STAGES[0] + STAGES[1]);
        let sure = Forest::from_text(&trees).ask(&told(&[9.0, 0.0]), 1);
        assert!((margin(sure[0]) - SURER).abs() < 0.01 && (margin(sure[1]) + SURER).abs() < 0.01, "{sure:?}");
        let trees = "0 1 5;-0.1000;0.1000;\n".repeat(STAGES[0]);
        let asked = Forest::from_text(&trees).ask(&told(&[9.0, 0.0]), 1);
        assert!((margin(asked[0]) - 4.0).abs() < 0.01 && (margin(asked[1]) + 4.0).abs() < 0.01, "{asked:?}");
    }

    #[test]
    fn rows_beyond_those_side_by_side_are_asked_too() {
        let forest = Forest::from_text("0 1 50;-1.0000;1.0000;\n");
        let rows: Vec<f32> = (0..ABREAST * 3 + 1).map(|row| row as f32).collect();
        let verdicts = forest.ask(&told(&rows), 1);
        assert!(verdicts.iter().zip(&rows).all(|(verdict, row)| (*verdict > 0.5) == (*row > 50.0)) && verdicts.len() == rows.len());
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
            assert!(Forest::from_text(text).ask(&told(&[1.0, 2.0]), 2).len() == 1, "{text}");
        }
    }
}
