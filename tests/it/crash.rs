//! Runs that are killed at random moments: nothing lost, nothing doubled, and in the end the feeds of an undisturbed run.

use std::thread;
use std::time::{Duration, Instant};

use crate::newsroom;
use crate::workplace::Workplace;

const ARTICLES: usize = 200;
const KILLS: usize = 50;

/// Random enough moments that are the same in every run of the test.
fn moments(longest: Duration) -> impl Iterator<Item = Duration> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        longest.mul_f64((state % 10_000) as f64 / 10_000.0)
    })
}

/// What a reader sees, without the instants of first sight that differ from run to run.
fn shown(workplace: &Workplace) -> Vec<(String, String, String, i64)> {
    let feed = workplace.feed("courier.atom.xml");
    let mut rows: Vec<_> = feed
        .entries
        .into_iter()
        .map(|entry| {
            let content = entry.content.and_then(|content| content.body).unwrap_or_default();
            (entry.id, entry.title.map(|title| title.content).unwrap_or_default(), content, entry.published.unwrap().timestamp())
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn fifty_kills_lose_nothing_and_double_nothing() {
    let site = newsroom::site(ARTICLES);
    let config = newsroom::config(&site.url("/"), ARTICLES);
    let undisturbed = Workplace::new(&config);
    let began = Instant::now();
    undisturbed.succeed(&["run"]);
    let took = began.elapsed();
    let expected = shown(&undisturbed);
    assert_eq!(expected.len(), ARTICLES);

    for (round, moment) in moments(took).take(KILLS).enumerate() {
        let disturbed = Workplace::new(&config);
        let mut child = disturbed.start(&["run", "--force"]);
        thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        disturbed.succeed(&["run", "--force"]);
        assert_eq!(shown(&disturbed), expected, "after round {round}");
        let leftovers: Vec<_> = disturbed.feeds().into_iter().filter(|(name, ..)| name.ends_with(".tmp")).collect();
        assert!(leftovers.is_empty(), "{leftovers:?}");
    }
}
