//! The year as newsboat sees it: pointed at the feed every week, it must show as unread exactly what was new since.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use super::reader::marks;
use crate::newsboat::{Newsboat, is_installed};

/// Between two looks there must be fewer new articles than a feed holds at least: half of its items, just after the others were sealed.
const DAYS_BETWEEN: i64 = 7;

/// One state of the feed: the day, where its files are, and which articles are new in it.
pub struct State {
    pub day: i64,
    pub stem: String,
    pub new: Vec<usize>,
}

/// Reads the year with newsboat, once as RSS and once as Atom: it knows items by their ids alone, and both have the same.
pub fn check(folder: &Path, states: &[State]) {
    if !is_installed() {
        return println!("newsboat is not installed: its reading of the year was skipped");
    }
    thread::scope(|scope| {
        for kind in ["atom.xml", "rss.xml"] {
            scope.spawn(move || read_year(folder, states, kind));
        }
    });
}

fn read_year(folder: &Path, states: &[State], kind: &str) {
    let (mut boat, mut reports, began) = (Newsboat::launch(), BTreeMap::new(), Instant::now());
    let (mut looks, mut unread_in_all, mut since) = (0, 0, Vec::<usize>::new());
    for (place, state) in states.iter().enumerate() {
        since.extend(&state.new);
        // The last state of each week.
        if states.get(place + 1).is_some_and(|next| next.day / DAYS_BETWEEN == state.day / DAYS_BETWEEN) {
            continue;
        }
        since.sort_unstable();
        let unread = look(&mut boat, &mut reports, fs::read(folder.join(format!("{}.{kind}", state.stem))).unwrap());
        assert_eq!(unread, since, "{kind}, day {}: newsboat's unread items are the new ones", state.day);
        looks += 1;
        unread_in_all += unread.len();
        since.clear();
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("newsboat, {kind}: {looks} looks, {unread_in_all} unread items, exactly the new ones, {seconds:.1} s");
    assert!(looks > 12, "{looks}");
}

/// The unread articles of a look, each of which must be seen for the first time; `reports` tells which article each id is.
fn look(boat: &mut Newsboat, reports: &mut BTreeMap<String, usize>, feed: Vec<u8>) -> Vec<usize> {
    let mut numbers = Vec::new();
    for item in boat.unread(feed) {
        let (number, _) = marks(&item.content).unwrap_or_else(|| panic!("this is no article: {}", item.content));
        assert_eq!(reports.insert(item.id, number), None, "an item is unread for the second time");
        numbers.push(number);
    }
    numbers.sort_unstable();
    numbers
}
