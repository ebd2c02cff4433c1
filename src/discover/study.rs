//! What fitting the weights needs to see: each group of a page with its features, and what other weights would choose.
//!
//! Used by `examples/fit_listing.rs`; a run never comes here.

use std::collections::HashSet;

pub use super::score::Weights;
use super::{anchor, features, repeated, structure, structured};
use crate::html::Dom;

/// A group of links, as the weighing sees it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The canonical keys of its links.
    pub keys: Vec<String>,
    /// Its features, in the order of [`names`].
    pub features: Vec<f64>,
}

/// The names of the features of the first round, and of the second.
pub fn names() -> (Vec<&'static str>, Vec<&'static str>) {
    (features::FIRST.to_vec(), features::FIRST.iter().chain(&features::SECOND).copied().collect())
}

/// Whether a feature rests on words of class names or addresses.
pub fn is_worded(name: &str) -> bool {
    features::WORDED.contains(&name)
}

/// The groups of a page with the features of the first round, or, given its weights, of the second.
pub fn samples(dom: &Dom, first_weights: Option<&[f64]>) -> Vec<Sample> {
    let anchors = anchor::collect(dom);
    let groups = structure::group(&anchors);
    let first = features::first(dom, &anchors, &groups);
    let rows = match first_weights {
        None => first,
        Some(weights) => {
            let likely: Vec<f64> = first.iter().map(|values| super::score::probability(values, weights)).collect();
            features::second(&anchors, &groups, &first, &likely)
        }
    };
    let keys = groups.iter().map(|group| {
        let mut seen = HashSet::new();
        let all = group.members.iter().filter_map(|&index| anchors.get(index)).filter(|anchor| seen.insert(anchor.id));
        all.map(|anchor| anchor.key.clone()).collect()
    });
    keys.zip(rows).map(|(keys, features)| Sample { keys, features }).collect()
}

/// The canonical keys of the items that these weights would choose.
pub fn chosen(dom: &Dom, weights: &Weights) -> Vec<String> {
    let anchors = anchor::collect(dom);
    let weighed = repeated::weigh(dom, &anchors, &structured::listed(dom), weights);
    repeated::homes(&anchors, &weighed).into_iter().filter_map(|index| anchors.get(index)).map(|anchor| anchor.key.clone()).collect()
}
