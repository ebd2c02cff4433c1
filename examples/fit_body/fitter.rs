//! Fits the weights of words and the trees, so that no line is told by what was fitted to its own site.

use std::collections::BTreeMap;

use feedwright::extract::body::coarse::Coarse;
use feedwright::extract::body::judge::Forest;
use feedwright::extract::body::weight;

use crate::boost::{Growth, Rows, grow};
use crate::weigh::Bearings;
use crate::{Case, FOLDS};

/// What is fitted, and to what.
pub(crate) struct Fitter<'a> {
    rows: &'a Rows,
    growth: Growth,
    /// The fold of each line.
    pub(crate) folds: Vec<u64>,
    bearings: Bearings,
    column: Option<usize>,
    /// The weights of words by the folds that they have not seen.
    weights: BTreeMap<Vec<u64>, Vec<f32>>,
}

impl<'a> Fitter<'a> {
    /// Fits the weights of words, which stand in this column, to all folds, to all but one, and to all but two.
    pub(crate) fn new(cases: &[Case], rows: &'a Rows, growth: Growth, column: Option<usize>) -> Self {
        let folds: Vec<u64> = cases.iter().flat_map(|case| std::iter::repeat_n(case.fold, case.right.len())).collect();
        let bearings = Bearings::of(cases.iter().map(|case| (case.site.as_str(), &case.bearing)));
        let mut unseen: Vec<Vec<u64>> = vec![Vec::new()];
        unseen.extend((0..FOLDS).map(|fold| vec![fold]));
        unseen.extend((0..FOLDS).flat_map(|one| (one + 1..FOLDS).map(move |other| vec![one, other])));
        let fit = &|unseen: &[u64]| bearings.fit(rows, |line| !unseen.contains(&folds[line]));
        let weights = std::thread::scope(|scope| {
            let fitting: Vec<_> = unseen.into_iter().map(|unseen| scope.spawn(move || (fit(&unseen), unseen))).collect();
            fitting.into_iter().map(|fitted| fitted.join().unwrap()).map(|(weights, unseen)| (unseen, weights)).collect()
        });
        Self { rows, growth, folds, bearings, column, weights }
    }

    /// Trees that have not seen a fold, and the lines as they are told to trees: what words weigh by weights that have seen neither this fold nor the line's own.
    pub(crate) fn forest(&self, unseen: Option<u64>) -> (Forest, Rows) {
        let mut rows = self.rows.clone();
        for (line, fold) in self.folds.iter().enumerate() {
            let mut folds: Vec<u64> = unseen.into_iter().chain([*fold]).collect();
            folds.sort_unstable();
            folds.dedup();
            if let Some(column) = self.column {
                rows.features[line * rows.width + column] = Coarse::of(self.bearings.sum(line, &self.weights[&folds])).value();
            }
        }
        let chosen: Vec<u32> = (0..self.folds.len()).filter(|line| Some(self.folds[*line]) != unseen).map(|line| line as u32).collect();
        (grow(&rows, &chosen, &self.growth), rows)
    }

    /// The weights of words that have seen all, as text.
    pub(crate) fn weights(&self) -> String {
        weight::to_text(self.bearings.named(&self.weights[&Vec::new()]))
    }
}
