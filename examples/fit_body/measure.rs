//! How much of a text is another: runs of four words that both have.

use std::collections::HashMap;

const RUN: usize = 4;
/// Lines count by their share of the article's words, so that each page weighs alike; a line without words weighs like half a word.
const LEAST_WORDS: f32 = 0.5;

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
    let known = runs(&best);
    let mut all = Vec::new();
    let mut owner = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let own = words(line);
        owner.extend(std::iter::repeat_n(index, own.len()));
        all.extend(own);
    }
    let mut good = vec![false; all.len()];
    for start in 0..(all.len() + 1).saturating_sub(RUN) {
        if known.contains_key(&all[start..start + RUN]) {
            good[start..start + RUN].fill(true);
        }
    }
    let (mut total, mut hit) = (vec![0.0_f32; lines.len()], vec![0.0_f32; lines.len()]);
    for (index, is_good) in owner.into_iter().zip(good) {
        total[index] += 1.0;
        hit[index] += f32::from(u8::from(is_good));
    }
    let right = total.iter().zip(&hit).map(|(total, hit)| if *total > 0.0 { hit / total } else { 0.0 }).collect();
    let weight = total.iter().map(|total| ((total + LEAST_WORDS) / best.len().max(RUN) as f32).min(1.0)).collect();
    (right, weight)
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
