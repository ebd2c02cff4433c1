//! Gradient boosting of small trees (Friedman 2001; histograms as in LightGBM), deterministic: the same rows give the same trees.

use feedwright::extract::body::judge::{Forest, Node};

/// How trees are grown.
pub(crate) struct Growth {
    /// How many trees.
    pub(crate) trees: usize,
    /// Leaves of each tree.
    pub(crate) leaves: usize,
    /// What of each tree's answer is believed.
    pub(crate) rate: f32,
    /// Weight that a leaf needs.
    pub(crate) least_weight: f32,
    /// Pull of each leaf towards nothing.
    pub(crate) ridge: f32,
    /// Which features each tree may use follows from this.
    pub(crate) seed: u64,
    /// Every how manieth feature a tree may use.
    pub(crate) feature_share: f64,
}

/// Rows for training: features (row by row), what is right (0 to 1), how much it counts.
#[derive(Clone)]
pub(crate) struct Rows {
    pub(crate) width: usize,
    pub(crate) features: Vec<f32>,
    pub(crate) right: Vec<f32>,
    pub(crate) weight: Vec<f32>,
}

impl Rows {
    /// Tells nothing of some features any more, to see what they are worth.
    pub(crate) fn blank(&mut self, left_out: &[usize]) {
        for row in self.features.chunks_mut(self.width) {
            for feature in left_out {
                row[*feature] = 0.0;
            }
        }
    }
}

const BINS: usize = 64;

struct Binned {
    borders: Vec<Vec<f32>>,
    bins: Vec<u8>,
}

fn bin(rows: &Rows) -> Binned {
    let count = rows.right.len();
    let mut borders = Vec::new();
    for feature in 0..rows.width {
        let mut values: Vec<f32> =
            (0..count).step_by((count / 40_000).max(1)).map(|row| rows.features[row * rows.width + feature]).collect();
        values.sort_by(f32::total_cmp);
        let mut distinct = values.clone();
        distinct.dedup();
        let mut found: Vec<f32> = if distinct.len() <= BINS {
            distinct.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect()
        } else {
            (1..BINS).map(|step| values[step * values.len() / BINS]).collect()
        };
        found.dedup();
        borders.push(found);
    }
    let mut bins = vec![0_u8; count * rows.width];
    for row in 0..count {
        for feature in 0..rows.width {
            let value = rows.features[row * rows.width + feature];
            bins[row * rows.width + feature] = borders[feature].partition_point(|border| *border < value) as u8;
        }
    }
    Binned { borders, bins }
}

struct Leaf {
    rows: Vec<u32>,
    node: usize,
    sums: (f64, f64),
    histogram: Vec<(f32, f32)>,
    split: Option<(f64, usize, usize)>,
}

/// Grows a forest on the chosen rows.
pub(crate) fn grow(rows: &Rows, chosen: &[u32], growth: &Growth) -> Forest {
    let binned = bin(rows);
    let mut margin = vec![0.0_f32; rows.right.len()];
    let mut forest = Forest::default();
    let mut seed = growth.seed;
    for _ in 0..growth.trees {
        let features: Vec<usize> = (0..rows.width)
            .filter(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((seed >> 33) as f64 / f64::from(1_u32 << 31)) < growth.feature_share
            })
            .collect();
        let slopes: Vec<(f32, f32)> = (0..rows.right.len())
            .map(|row| {
                let told = 1.0 / (1.0 + (-margin[row]).exp());
                (rows.weight[row] * (told - rows.right[row]), (rows.weight[row] * told * (1.0 - told)).max(1e-6))
            })
            .collect();
        let (tree, places) = grow_tree(rows, &binned, chosen, &slopes, &features, growth);
        for (row, value) in places {
            margin[row as usize] += value;
        }
        forest.push(tree);
    }
    forest
}

fn grow_tree(
    rows: &Rows,
    binned: &Binned,
    chosen: &[u32],
    slopes: &[(f32, f32)],
    features: &[usize],
    growth: &Growth,
) -> (Vec<Node>, Vec<(u32, f32)>) {
    let mut nodes = vec![Node::leaf(0.0)];
    let mut first = leaf(chosen.to_vec(), 0, slopes, binned, rows.width, features);
    first.split = best(&first, binned, features, growth);
    let mut leaves = vec![first];
    while leaves.len() < growth.leaves {
        let Some(at) = (0..leaves.len())
            .filter(|at| leaves[*at].split.is_some())
            .max_by(|a, b| leaves[*a].split.unwrap().0.total_cmp(&leaves[*b].split.unwrap().0))
        else {
            break;
        };
        let taken = leaves.swap_remove(at);
        let (_, feature, bin) = taken.split.unwrap();
        let (low, high): (Vec<u32>, Vec<u32>) =
            taken.rows.iter().partition(|row| usize::from(binned.bins[**row as usize * rows.width + feature]) <= bin);
        let (left, right) = (nodes.len(), nodes.len() + 1);
        nodes[taken.node] = Node { feature: feature as u16, next: left as u16, value: binned.borders[feature][bin] };
        nodes.extend([Node::leaf(0.0), Node::leaf(0.0)]);
        let low_is_small = low.len() < high.len();
        let (small, large) = if low_is_small { (low, high) } else { (high, low) };
        let (small_node, large_node) = if low_is_small { (left, right) } else { (right, left) };
        let mut small = leaf(small, small_node, slopes, binned, rows.width, features);
        let mut histogram = taken.histogram;
        for (whole, part) in histogram.iter_mut().zip(&small.histogram) {
            whole.0 -= part.0;
            whole.1 -= part.1;
        }
        let sums = (taken.sums.0 - small.sums.0, taken.sums.1 - small.sums.1);
        let mut large = Leaf { rows: large, node: large_node, sums, histogram, split: None };
        small.split = best(&small, binned, features, growth);
        large.split = best(&large, binned, features, growth);
        leaves.extend([small, large]);
    }
    let mut places = Vec::with_capacity(chosen.len());
    for leaf in &leaves {
        let value = (-leaf.sums.0 / (leaf.sums.1 + f64::from(growth.ridge))) as f32 * growth.rate;
        nodes[leaf.node] = Node::leaf(value);
        places.extend(leaf.rows.iter().map(|row| (*row, value)));
    }
    (nodes, places)
}

fn leaf(rows: Vec<u32>, node: usize, slopes: &[(f32, f32)], binned: &Binned, width: usize, features: &[usize]) -> Leaf {
    let mut histogram = vec![(0.0_f32, 0.0_f32); width * BINS];
    let mut sums = (0.0, 0.0);
    for row in &rows {
        let (slope, curve) = slopes[*row as usize];
        sums.0 += f64::from(slope);
        sums.1 += f64::from(curve);
        let bins = &binned.bins[*row as usize * width..][..width];
        for feature in features {
            let place = &mut histogram[feature * BINS + usize::from(bins[*feature])];
            place.0 += slope;
            place.1 += curve;
        }
    }
    Leaf { rows, node, sums, histogram, split: None }
}

fn best(leaf: &Leaf, binned: &Binned, features: &[usize], growth: &Growth) -> Option<(f64, usize, usize)> {
    let ridge = f64::from(growth.ridge);
    let value = |slope: f64, curve: f64| slope * slope / (curve + ridge);
    let whole = value(leaf.sums.0, leaf.sums.1);
    let mut found: Option<(f64, usize, usize)> = None;
    for feature in features {
        let (mut slope, mut curve) = (0.0_f64, 0.0_f64);
        // Nothing stands above the last border, though rounded sums may say so.
        for bin in 0..binned.borders[*feature].len() {
            let (more_slope, more_curve) = leaf.histogram[feature * BINS + bin];
            if more_curve == 0.0 {
                continue;
            }
            slope += f64::from(more_slope);
            curve += f64::from(more_curve);
            let rest = (leaf.sums.0 - slope, leaf.sums.1 - curve);
            if curve < f64::from(growth.least_weight) || rest.1 < f64::from(growth.least_weight) {
                continue;
            }
            let gain = value(slope, curve) + value(rest.0, rest.1) - whole;
            if gain > 1e-6 && found.is_none_or(|(before, ..)| gain > before) {
                found = Some((gain, *feature, bin));
            }
        }
    }
    found
}
