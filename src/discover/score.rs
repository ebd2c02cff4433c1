//! How likely a group of links are the items of a page: two rounds of a weighted sum.

use super::anchor::Anchor;
use super::features;
use super::structure::Group;
use super::weights;
use crate::html::Dom;

/// The weights of both rounds.
#[derive(Debug, Clone)]
pub struct Weights {
    /// For each group by itself.
    pub first: Vec<f64>,
    /// For each group beside the likely ones.
    pub second: Vec<f64>,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            first: weights::FIRST.iter().map(|(_, weight)| *weight).collect(),
            second: weights::SECOND.iter().map(|(_, weight)| *weight).collect(),
        }
    }
}

/// The most that a group wholly in a menu or a page's footer, or one without any sign of articles, is worth.
const MENU: f64 = 0.05;
const LIKE_MENU: f64 = 0.4;

/// The probability, from 0 to 1, for each group.
pub(super) fn score(dom: &Dom, anchors: &[Anchor<'_>], groups: &[Group], weights: &Weights) -> Vec<f64> {
    let first = features::first(dom, anchors, groups);
    let likely: Vec<f64> = first.iter().map(|values| probability(values, &weights.first)).collect();
    let second = features::second(anchors, groups, &first, &likely);
    let rows = second.iter().zip(groups);
    let judge = |(values, group): (&Vec<f64>, &Group)| {
        let chance = probability(values, &weights.second);
        // The largest of menus is a menu still, on whatever page: the weights come from pages that list something.
        let in_menu = group.anchors(anchors).all(|anchor| (anchor.place.nav || anchor.place.footer) && !anchor.in_heading);
        match (in_menu, features::is_like_menu(values)) {
            (true, _) => chance.min(MENU),
            (_, true) => chance.min(LIKE_MENU),
            _ => chance,
        }
    };
    rows.map(judge).collect()
}

/// The logistic function of the weighted sum.
pub(super) fn probability(values: &[f64], weights: &[f64]) -> f64 {
    let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}
