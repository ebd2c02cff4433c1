//! Logistic regression on the words of names: what each adds to the margin of the lines within.

use std::collections::{BTreeMap, HashMap, HashSet};

use feedwright::extract::body::weight::{Weights, words};
use feedwright::html::Dom;
use scraper::ElementRef;

use crate::boost::Rows;

/// Words of fewer sites are not weighed.
const FEWEST_SITES: usize = 4;
/// What a word can mean: for the lines of its own block, of the blocks right within, of all blocks within.
const MEANINGS: usize = 3;
/// Pull of each weight towards nothing, in lines of mean weight.
const RIDGE: f32 = 400.0;
/// How often all lines are gone through.
const ROUNDS: usize = 30;
/// How far one step goes (AdaGrad: Duchi et al. 2011).
const STEP: f32 = 0.3;

/// The words around each line of a page: a list for each block, and the blocks around each line, innermost first.
pub(crate) struct Bearing {
    blocks: Vec<Vec<String>>,
    around: Vec<Vec<usize>>,
}

/// Reads the words around each line; `around` are the elements of the blocks, innermost first.
pub(crate) fn bearing(dom: &Dom, around: impl Iterator<Item = Vec<ego_tree::NodeId>>) -> Bearing {
    let mut seen = HashMap::new();
    let mut blocks = Vec::new();
    let mut place = |id| {
        *seen.entry(id).or_insert_with(|| {
            let element = dom.html.tree.get(id).and_then(ElementRef::wrap);
            blocks.push(element.map(|element| words(element.value())).unwrap_or_default());
            blocks.len() - 1
        })
    };
    let around = around.map(|ids| ids.into_iter().map(&mut place).collect()).collect();
    Bearing { blocks, around }
}

/// All lines as the places of their words' meanings.
pub(crate) struct Bearings {
    words: Vec<String>,
    lines: Vec<Vec<u32>>,
}

impl Bearings {
    /// Of all pages, each with its site.
    pub(crate) fn of<'a>(pages: impl Iterator<Item = (&'a str, &'a Bearing)> + Clone) -> Self {
        let mut sites: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
        for (site, page) in pages.clone() {
            // What a site calls itself says nothing elsewhere.
            for word in page.blocks.iter().flatten().filter(|word| !site.contains(word.as_str())) {
                sites.entry(word).or_default().insert(site);
            }
        }
        let words: Vec<&str> = sites.into_iter().filter(|(_, sites)| sites.len() >= FEWEST_SITES).map(|(word, _)| word).collect();
        let places: HashMap<&str, usize> = words.iter().enumerate().map(|(place, word)| (*word, place)).collect();
        let mut lines = Vec::new();
        for (_, page) in pages {
            let blocks: Vec<Vec<usize>> =
                page.blocks.iter().map(|block| block.iter().filter_map(|word| places.get(word.as_str()).copied()).collect()).collect();
            for around in &page.around {
                let at = |steps: usize, meaning: usize| {
                    around.get(steps).into_iter().flat_map(|block| &blocks[*block]).map(move |word| (word * MEANINGS + meaning) as u32)
                };
                let all = (0..around.len()).flat_map(|steps| at(steps, 2));
                lines.push(at(0, 0).chain(at(1, 1)).chain(all).collect());
            }
        }
        Self { words: words.into_iter().map(str::to_owned).collect(), lines }
    }

    /// Fits the weights to the lines that are chosen.
    pub(crate) fn fit(&self, rows: &Rows, chosen: impl Fn(usize) -> bool) -> Vec<f32> {
        let mut order: Vec<usize> = (0..self.lines.len()).filter(|line| rows.weight[*line] > 0.0 && chosen(*line)).collect();
        shuffle(&mut order);
        // The ridge is shared out among the lines that bear a word, so that rare words are pulled as hard.
        let mut borne = vec![0.0_f32; self.words.len() * MEANINGS];
        for place in order.iter().flat_map(|line| &self.lines[*line]) {
            borne[*place as usize] += 1.0;
        }
        let (mut weights, mut steps) = (vec![0.0_f32; borne.len()], vec![1e-3_f32; borne.len()]);
        let (mut bias, mut bias_step) = (0.0_f32, 1e-3_f32);
        for _ in 0..ROUNDS {
            for line in &order {
                let places = &self.lines[*line];
                let margin = bias + places.iter().map(|place| weights[*place as usize]).sum::<f32>();
                let slope = rows.weight[*line] * (1.0 / (1.0 + (-margin).exp()) - rows.right[*line]);
                for place in places {
                    let place = *place as usize;
                    let slope = slope + RIDGE / borne[place] * weights[place];
                    steps[place] += slope * slope;
                    weights[place] -= STEP * slope / steps[place].sqrt();
                }
                bias_step += slope * slope;
                bias -= STEP * slope / bias_step.sqrt();
            }
        }
        weights
    }

    /// What the words around a line add up to.
    pub(crate) fn sum(&self, line: usize, weights: &[f32]) -> f32 {
        self.lines[line].iter().map(|place| weights[*place as usize]).sum()
    }

    /// The words with what they weigh.
    pub(crate) fn named<'a>(&'a self, weights: &'a [f32]) -> impl Iterator<Item = (&'a str, Weights)> {
        let weights = weights.chunks(MEANINGS).map(|all| Weights { own: all[0], parent: all[1], any: all[2] });
        self.words.iter().map(String::as_str).zip(weights)
    }
}

/// The same order each time, unlike that of the pages.
fn shuffle(order: &mut [usize]) {
    let mut seed = 1_u64;
    for at in (1..order.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (seed >> 33) as usize % (at + 1));
    }
}
