//! The year as newsboat sees it: pointed at the feed every week, it must show as unread exactly what was new since.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use rusqlite::Connection;

use super::reader::marks;
use crate::support::{Answer, Site};

/// Between two looks there must be fewer new articles than a feed holds at least: half of its items, just after the others were sealed.
const DAYS_BETWEEN: i64 = 7;

/// One state of the feed: the day, where its files are, and which articles are new in it.
pub struct State {
    pub day: i64,
    pub stem: String,
    pub new: Vec<usize>,
}

/// Whether newsboat is here.
pub fn is_installed() -> bool {
    Command::new("newsboat").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
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
    let (mut boat, began) = (Newsboat::launch(), Instant::now());
    let (mut looks, mut unread_in_all, mut since) = (0, 0, Vec::<usize>::new());
    for (place, state) in states.iter().enumerate() {
        since.extend(&state.new);
        // The last state of each week.
        if states.get(place + 1).is_some_and(|next| next.day / DAYS_BETWEEN == state.day / DAYS_BETWEEN) {
            continue;
        }
        since.sort_unstable();
        let unread = boat.look(fs::read(folder.join(format!("{}.{kind}", state.stem))).unwrap());
        assert_eq!(unread, since, "{kind}, day {}: newsboat's unread items are the new ones", state.day);
        looks += 1;
        unread_in_all += unread.len();
        since.clear();
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("newsboat, {kind}: {looks} looks, {unread_in_all} unread items, exactly the new ones, {seconds:.1} s");
    assert!(looks > 12, "{looks}");
}

struct Newsboat {
    folder: tempfile::TempDir,
    site: Site,
    /// Which article each id is.
    reports: BTreeMap<String, usize>,
}

impl Newsboat {
    fn launch() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::start([("/feed", Answer::not_found())]);
        fs::write(folder.path().join("urls"), site.url("/feed")).unwrap();
        fs::write(folder.path().join("config"), "download-retries 1\nmax-items 0\n").unwrap();
        Self { folder, site, reports: BTreeMap::new() }
    }

    /// Reloads the feed, gives the articles that are unread, and reads them all.
    fn look(&mut self, feed: Vec<u8>) -> Vec<usize> {
        self.site.set("/feed", Answer::ok("application/xml", feed));
        let output = Command::new("newsboat")
            .args(["-u", "urls", "-C", "config", "-c", "cache.db", "-x", "reload", "print-unread"])
            .current_dir(self.folder.path())
            .envs([("HOME", self.folder.path().as_os_str()), ("LANG", "C.UTF-8".as_ref()), ("TERM", "dumb".as_ref())])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let cache = Connection::open(self.folder.path().join("cache.db")).unwrap();
        let mut query = cache.prepare("SELECT guid, content FROM rss_item WHERE unread = 1").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let unread: Vec<(String, String)> = rows.map(Result::unwrap).collect();
        let said = String::from_utf8_lossy(&output.stdout).split_whitespace().next().and_then(|count| count.parse::<usize>().ok());
        assert_eq!(said, Some(unread.len()), "newsboat says `{}`", String::from_utf8_lossy(&output.stdout).trim());
        cache.execute("UPDATE rss_item SET unread = 0", []).unwrap();
        let mut numbers = Vec::new();
        for (id, content) in unread {
            let (number, _) = marks(&content).unwrap_or_else(|| panic!("this is no article: {content}"));
            assert_eq!(self.reports.insert(id, number), None, "an item is unread for the second time");
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers
    }
}
