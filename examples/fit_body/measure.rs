//! How much of a text is another: runs of four words that both have.

use std::collections::{HashMap, HashSet};

const RUN: usize = 4;
/// Lines count by their share of the article's words, so that each page weighs alike; a line without words weighs like half a word.
const LEAST_WORDS: f32 = 0.5;
/// Shorter lines that repeat what another line says in the truth's order are no text: entries of a table of contents, titles in a path.
const LONG: usize = 8;

fn words(text: &str) -> Vec<&str> {
    text.split(|character: char| !(character.is_alphanumeric() || character == '_')).filter(|word| !word.is_empty()).collect()
}

fn runs<'a>(words: &'a [&'a str]) -> HashMap<&'a [&'a str], usize> {
    let mut found = HashMap::new();
    let length = RUN.min(words.len()).max(1);
    for run in words.windows(length) {
        *found.entry(run).or_default() += 1;
    }
    found
}

/// How much of each line is in the truth, and how much the line counts.
pub(crate) fn label(lines: &[&str], truths: &[String]) -> (Vec<f32>, Vec<f32>) {
    let best = truths.iter().max_by_key(|truth| truth.len()).map(|truth| words(truth)).unwrap_or_default();
    let lines: Vec<Vec<&str>> = lines.iter().map(|line| words(line)).collect();
    let all: Vec<&str> = lines.iter().flatten().copied().collect();
    let aligned = aligned(&all, &best);
    let (in_runs, in_free_runs) = (in_runs(&all, &best, &[]), in_runs(&all, &best, &taken(&aligned, best.len())));
    let (mut right, mut weight, mut start) = (Vec::new(), Vec::new(), 0);
    for line in &lines {
        let own = start..start + line.len();
        let in_runs = if line.len() < LONG { &in_free_runs } else { &in_runs };
        let known = in_runs[own.clone()].iter().filter(|is_known| **is_known).count();
        let known = known.max(in_order(&aligned[own]));
        right.push(known as f32 / line.len().max(1) as f32);
        weight.push(((line.len() as f32 + LEAST_WORDS) / best.len().max(RUN) as f32).min(1.0));
        start += line.len();
    }
    (right, weight)
}

/// Which words of the truth are told by runs of the page that stand in its order.
fn taken(aligned: &[Option<usize>], length: usize) -> Vec<bool> {
    let mut taken = vec![false; length];
    for run in aligned.chunk_by(is_together).filter(|run| run.len() >= RUN) {
        run.iter().flatten().for_each(|place| taken[*place] = true);
    }
    taken
}

/// Which words stand in a run that the truth has, wherever; of runs that are taken, none.
fn in_runs(all: &[&str], truth: &[&str], taken: &[bool]) -> Vec<bool> {
    let free = |at: usize| taken.get(at..at + RUN).is_none_or(|taken| taken.contains(&false));
    let known: HashSet<&[&str]> = truth.windows(RUN).enumerate().filter(|(at, _)| free(*at)).map(|(_, run)| run).collect();
    let mut good = vec![false; all.len()];
    for start in 0..(all.len() + 1).saturating_sub(RUN) {
        if known.contains(&all[start..start + RUN]) {
            good[start..start + RUN].fill(true);
        }
    }
    good
}

/// For each word its place in the truth, where both are told in one order. The titles of a list are too short for runs, and what stands between them in the page
/// is not in the truth.
fn aligned(all: &[&str], truth: &[&str]) -> Vec<Option<usize>> {
    let mut places = vec![None; all.len()];
    for operation in similar::capture_diff_slices(similar::Algorithm::Patience, all, truth) {
        if let similar::DiffOp::Equal { old_index, new_index, len } = operation {
            for step in 0..len {
                places[old_index + step] = Some(new_index + step);
            }
        }
    }
    places
}

/// How many words of a line stand together in the truth as well: all of a short line, or runs of a longer one.
fn in_order(places: &[Option<usize>]) -> usize {
    let enough = places.len().min(RUN);
    places.chunk_by(is_together).filter(|run| run.len() >= enough && run[0].is_some()).map(<[_]>::len).sum()
}

fn is_together(one: &Option<usize>, next: &Option<usize>) -> bool {
    one.is_some() && *next == one.map(|place| place + 1)
}

/// Precision, recall, and whether anything was told; by the best of the truths.
pub(crate) fn score(told: &str, truths: &[String]) -> (f64, f64, bool) {
    let own = words(told);
    let mine = runs(&own);
    let scored = truths.iter().map(|truth| {
        let right = words(truth);
        let theirs = runs(&right);
        let common: usize = theirs.iter().map(|(run, count)| (*count).min(mine.get(run).copied().unwrap_or(0))).sum();
        let share = |of: &HashMap<&[&str], usize>| common as f64 / of.values().sum::<usize>().max(1) as f64;
        (share(&mine), share(&theirs))
    });
    let (precision, recall) = scored.max_by(|one, other| (one.0 * one.1).total_cmp(&(other.0 * other.1))).unwrap_or_default();
    (precision, recall, !own.is_empty())
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines that a person marked count as those of a truth do.
pub(crate) fn label_marked(lines: &[&str], kept: &[bool], each: f32) -> (Vec<f32>, Vec<f32>) {
    let counts: Vec<f32> = lines.iter().map(|line| words(line).len() as f32).collect();
    let sum = |of: &dyn Fn(bool) -> bool| counts.iter().zip(kept).filter(|(_, kept)| of(**kept)).map(|(count, _)| count).sum::<f32>();
    let all = if kept.contains(&true) { sum(&|kept| kept) } else { sum(&|_| true) };
    let weight = counts.iter().map(|count| each * ((count + LEAST_WORDS) / all.max(RUN as f32)).min(1.0)).collect();
    (kept.iter().map(|kept| f32::from(u8::from(*kept))).collect(), weight)
}

/// What is known of each line where some sentences are: those that hold one count at least so much, whatever else is known of them.
pub(crate) fn label_some(lines: &[&str], inside: &[String], outside: &[String], each: f32, right: &mut [f32], weight: &mut [f32]) {
    let holds = |line: &str, snippets: &[String]| snippets.iter().any(|snippet| line.contains(squeeze(snippet).as_str()));
    for ((line, right), weight) in lines.iter().zip(right).zip(weight) {
        let is_inside = holds(line, inside);
        if is_inside != holds(line, outside) {
            *right = f32::from(u8::from(is_inside));
            *weight = weight.max(each);
        }
    }
}

/// Adds up which sentences a text holds: rightly, wrongly not, and wrongly.
pub(crate) fn count(told: &str, inside: &[String], outside: &[String], sums: &mut [f64; 3]) {
    let told = squeeze(told);
    let holds = |snippet: &&String| told.contains(squeeze(snippet).as_str());
    let right = inside.iter().filter(holds).count();
    sums[0] += right as f64;
    sums[1] += (inside.len() - right) as f64;
    sums[2] += outside.iter().filter(holds).count() as f64;
}
