//! `kill -9` at random moments.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use super::{Daily, mark};
use crate::newsroom;
use crate::workplace::Workplace;
use crate::year::walker::walk;

const ARTICLES: usize = 7;
/// Fewer than articles, so that archives are sealed in the midst of it.
const ITEMS: usize = 4;
const ROUNDS: usize = 36;
/// Killed runs in a round, each with a new edition; every second time two at once.
const RUNS: usize = 10;

/// Random enough moments that are the same in every run of the test.
struct Moments(u64);

impl Moments {
    fn next(&mut self, longest: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        longest.mul_f64((self.0 % 10_000) as f64 / 10_000.0)
    }
}

/// Starts one run or two, and kills them. Says how many were killed.
fn disturb(workplace: &Workplace, moments: &mut Moments, took: Duration, pair: bool) -> usize {
    let began = Instant::now();
    let arguments: &[&[&str]] = if pair { &[&["run", "--force"], &["run", "--force", "--wait"]] } else { &[&["run", "--force"]] };
    let mut children: Vec<_> = arguments.iter().map(|arguments| (moments.next(took), workplace.start(arguments))).collect();
    children.sort_by_key(|(moment, _)| *moment);
    for (moment, child) in &mut children {
        thread::sleep(moment.saturating_sub(began.elapsed()));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    children.len()
}

/// Every file is whole at every moment.
fn check_files(workplace: &Workplace) {
    for (name, bytes, _) in workplace.feeds() {
        if name.ends_with(".xml") || name.ends_with(".json") {
            let feed = feed_rs::parser::parse(bytes.as_slice()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let ids: std::collections::BTreeSet<_> = feed.entries.iter().map(|entry| &entry.id).collect();
            assert_eq!(ids.len(), feed.entries.len(), "{name}: an id stands twice");
        }
    }
}

/// The whole history as a reader sees it, without the instants that differ from run to run.
fn shown(workplace: &Workplace) -> BTreeMap<String, (String, String, i64)> {
    let all = walk(workplace, "courier.atom.xml").0;
    all.into_iter().map(|(id, entry)| (id, (entry.title, entry.text, entry.published))).collect()
}

#[test]
fn five_hundred_kills_lose_nothing_and_double_nothing() {
    let daily = Daily::start(ARTICLES);
    let undisturbed = Workplace::new(&daily.config(ITEMS));
    daily.turn_to(RUNS);
    let began = Instant::now();
    undisturbed.succeed(&["run"]);
    let took = began.elapsed();
    let expected = shown(&undisturbed);
    assert_eq!(expected.len(), ARTICLES);
    assert!(expected.values().all(|(_, text, _)| text.contains(mark(RUNS).trim())));

    let (mut moments, mut kills) = (Moments(0x9e37_79b9_7f4a_7c15), 0);
    for round in 0..ROUNDS {
        let disturbed = Workplace::new(&daily.config(ITEMS));
        for run in 0..RUNS {
            daily.turn_to(run);
            kills += disturb(&disturbed, &mut moments, took, run % 2 == 1);
            check_files(&disturbed);
        }
        daily.turn_to(RUNS);
        disturbed.succeed(&["run", "--force"]);
        assert_eq!(shown(&disturbed), expected, "after round {round}");
        let before: Vec<_> = disturbed.feeds().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
        assert!(before.iter().all(|(name, _)| !name.ends_with(".tmp")));
        std::fs::remove_dir_all(disturbed.path("feeds")).unwrap();
        disturbed.succeed(&["run"]);
        let after: Vec<_> = disturbed.feeds().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
        assert!(before == after, "round {round}: the files are not what the store says");
    }
    assert!(kills >= 500, "{kills}");
    assert_eq!(ARTICLES, (0..ARTICLES).map(newsroom::headline).collect::<std::collections::BTreeSet<_>>().len());
}
