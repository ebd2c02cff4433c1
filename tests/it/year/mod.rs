//! A year in the life of a site, polled by real runs with a simulated clock: what a reader sees is exactly what happened.

mod newsboat;
pub mod reader;
mod script;
mod site;
pub mod walker;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use feedwright::config::Config;
use feedwright::run::{self, Selection};
use feedwright::store::Store;
use jiff::Timestamp;

use self::reader::{News, Reader, marks, read};
use self::site::Gazette;
use crate::newsroom;
use crate::workplace::Workplace;

const ITEMS: usize = 40;

fn config(proxy: &str) -> String {
    let patience = newsroom::PATIENCE;
    format!(
        "[publish]\ndir = \"feeds\"\nbase-url = \"https://feeds.example/\"\nitems = {ITEMS}\n\n\
         [fetch]\nspacing = \"0s\"\nretries = 0\n{patience}proxy = \"{proxy}\"\n\n\
         [[source]]\nname = \"gazette\"\nurl = \"http://gazette.example/\"\ntimezone = \"America/Mexico_City\"\nevery = \"1h\"\n\
         recheck = [\"6h\", \"1d\", \"3d\"]\n"
    )
}

struct Year {
    gazette: Gazette,
    workplace: Workplace,
    config: Config,
    reader: Reader,
    /// The edition of each article that was last read.
    editions: BTreeMap<usize, usize>,
    /// The id that each article got.
    ids: BTreeMap<usize, String>,
    polls: usize,
    failed: BTreeMap<String, usize>,
    changes: usize,
    writes: usize,
    /// The archive files written so far.
    archives: BTreeSet<String>,
    /// Every state of the feed, for readers that are not written in Rust.
    folder: tempfile::TempDir,
    states: Vec<newsboat::State>,
}

/// What this process has had of the processors so far: on a machine with much else to do, the time by the clock says little.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.rsplit(") ").next().unwrap_or("").split(' ').filter_map(|field| field.parse().ok()).collect();
    // Fields 14 and 15, in hundredths; `state` is no number.
    fields.get(10).zip(fields.get(11)).map_or(0.0, |(user, system)| (user + system) / 100.0)
}

/// Whether Python and feedparser are here.
fn has_feedparser() -> bool {
    let found = Command::new("python3").args(["-c", "import feedparser"]).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

impl Year {
    fn begin() -> Self {
        let gazette = Gazette::start();
        let workplace = Workplace::in_memory(&config(gazette.proxy().trim_end_matches('/')));
        let config = Config::read(&workplace.path("config.toml")).unwrap();
        Self {
            gazette,
            workplace,
            config,
            reader: Reader::default(),
            editions: BTreeMap::new(),
            ids: BTreeMap::new(),
            polls: 0,
            failed: BTreeMap::new(),
            changes: 0,
            writes: 0,
            archives: BTreeSet::new(),
            folder: Workplace::folder_in_memory(),
            states: Vec::new(),
        }
    }

    async fn poll(&mut self, hour: i64) {
        self.gazette.turn_to(hour);
        let now = Timestamp::from_second(script::BEGIN + hour * 3600 + 120).unwrap();
        let selection = Selection { now: Some(now), ..Selection::default() };
        let report = run::pass(&self.config, &selection, Box::new(|_| {}), std::future::pending()).await.unwrap();
        for source in &report.sources {
            self.polls += 1;
            if let Some(failure) = &source.failure {
                *self.failed.entry(failure.code.clone()).or_default() += 1;
                // The fetcher keeps hosts by the real clock; a simulated hour is long enough for any of its rests.
                self.forget_rests();
            }
        }
        self.compare(hour, &report.wrote);
    }

    fn forget_rests(&self) {
        let mut store = Store::open(&self.config.store).unwrap();
        let hosts: Vec<(String, String)> = store.hosts().unwrap().into_iter().map(|(host, _)| (host, "{}".to_owned())).collect();
        store.save_hosts(&hosts).unwrap();
    }

    /// Holds what the feed shows against what the site handed out.
    fn compare(&mut self, hour: i64, wrote: &[String]) {
        let truth = self.truth();
        let written: Vec<&String> = wrote.iter().filter(|name| name.starts_with("gazette.") && !name.contains("archive")).collect();
        let day = hour / 24;
        for archive in wrote.iter().filter(|name| name.contains(".archive-")) {
            assert!(self.archives.insert(archive.clone()), "day {day}: {archive} was sealed, and was written again");
        }
        if truth.is_empty() {
            if !written.is_empty() {
                let news = self.reader.look(&read(&self.workplace.bytes("feeds/gazette.atom.xml")));
                panic!("day {day}, hour {hour}: nothing changed, and {written:?} were written: {news:#?}");
            }
            return;
        }
        self.changes += 1;
        self.writes += usize::from(!written.is_empty());
        assert_eq!(written.len(), 3, "day {day}, hour {hour}: {truth:?} changed, {written:?} were written");
        let entries = read(&self.workplace.bytes("feeds/gazette.atom.xml"));
        assert!(!entries.is_empty() && entries.len() <= ITEMS, "day {day}: {} entries", entries.len());
        let news = self.reader.look(&entries);
        self.check_news(day, &truth, &news);
        self.keep_state(day, &truth);
    }

    fn keep_state(&mut self, day: i64, truth: &BTreeMap<usize, bool>) {
        let stem = format!("{:04}", self.changes);
        let path = |kind: &str| self.folder.path().join(format!("{stem}.{kind}"));
        for kind in ["atom.xml", "rss.xml"] {
            fs::copy(self.workplace.path(&format!("feeds/gazette.{kind}")), path(kind)).unwrap();
        }
        let new: Vec<usize> = truth.iter().filter(|(_, new)| **new).map(|(number, _)| *number).collect();
        let unread: Vec<String> = new.iter().map(usize::to_string).collect();
        fs::write(path("unread"), unread.join(" ")).unwrap();
        self.states.push(newsboat::State { day, stem, new });
    }

    /// The same year as a reader sees it that is built on another parser.
    fn check_with_feedparser(&self) {
        if !has_feedparser() {
            return println!("feedparser is not installed: its reading of the year was skipped");
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/year/reader.py");
        let output = Command::new("python3").arg(script).arg(self.folder.path()).output().unwrap();
        println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success());
    }

    /// What of the articles handed out is new: first editions, and editions that differ from the one read before.
    fn truth(&mut self) -> BTreeMap<usize, bool> {
        let mut truth = BTreeMap::new();
        for (number, edition) in self.gazette.delivered() {
            let before = self.editions.insert(number, edition);
            if before != Some(edition) {
                truth.insert(number, before.is_none());
            }
        }
        truth
    }

    fn check_news(&mut self, day: i64, truth: &BTreeMap<usize, bool>, news: &News) {
        let number = |text: &str| marks(text).unwrap_or_else(|| panic!("day {day}: this is no article: {text}")).0;
        let mut unread: Vec<usize> = news.unread.iter().map(|entry| number(&entry.text)).collect();
        unread.sort_unstable();
        let expected: Vec<usize> = truth.iter().filter(|(_, new)| **new).map(|(number, _)| *number).collect();
        assert_eq!(unread, expected, "day {day}: unread items are the new ones");
        for entry in &news.unread {
            let before = self.ids.insert(number(&entry.text), entry.id.clone());
            assert_eq!(before, None, "day {day}: {} is there twice", entry.title);
        }
        for (before, after) in &news.changed {
            let number = number(&after.text);
            assert_eq!(self.ids.get(&number), Some(&after.id), "day {day}: an item became another article: {before:?} {after:?}");
            assert_eq!(truth.get(&number), Some(&false), "day {day}: nothing changed in {before:?} {after:?}");
            assert_eq!(before.published, after.published, "day {day}: the date of {number} jumped");
            assert!(after.updated > before.updated, "day {day}: {number} changed, and `updated` did not move");
        }
        for entry in &news.back {
            assert!(truth.contains_key(&number(&entry.text)), "day {day}: {} came back", entry.title);
        }
    }

    /// At the end of the year every article that was ever handed out is there in its last edition.
    fn check_end(&self) {
        assert_eq!(self.ids.len(), self.editions.len());
        for (number, edition) in &self.editions {
            let entry = &self.reader.seen[&self.ids[number]];
            assert_eq!(marks(&entry.text), Some((*number, *edition)), "the last edition arrived");
        }
        assert_eq!(self.writes, self.changes);
        for file in ["gazette.rss.xml", "gazette.atom.xml", "gazette.json"] {
            let (all, archives) = walker::walk(&self.workplace, file);
            assert_eq!(archives * 3, self.archives.len());
            assert_eq!(all.len(), self.ids.len(), "{file}: a walk of the archives gives every item");
            for (number, edition) in &self.editions {
                assert_eq!(marks(&all[&self.ids[number]].text), Some((*number, *edition)), "{file}");
            }
        }
        let missed: Vec<_> = self.gazette.articles.iter().filter(|article| !self.editions.contains_key(&article.number)).collect();
        println!("{} articles never read: {missed:?}", missed.len());
        assert!(missed.iter().all(|article| article.posted < 0 || article.removed.is_some()), "{missed:?}");
    }
}

#[test]
fn every_hour_of_a_year_reaches_the_reader_exactly_as_it_happened() {
    let began = Instant::now();
    let mut year = Year::begin();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        for hour in 0..script::DAYS * 24 {
            year.poll(hour).await;
        }
    });
    println!(
        "{} polls, {} requests, {} articles, {} changes, {} writes, failures {:?}, {:.1} s, {:.1} s of processors",
        year.polls,
        year.gazette.requests(),
        year.ids.len(),
        year.changes,
        year.writes,
        year.failed,
        began.elapsed().as_secs_f64(),
        processor_seconds()
    );
    year.check_end();
    year.check_with_feedparser();
    newsboat::check(year.folder.path(), &year.states);
    year.workplace.keep();
}
