//! A reader as people have it: it knows items by their ids, and shows as unread what it has not seen.

use std::collections::{BTreeMap, BTreeSet};

/// An entry as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub text: String,
    pub published: i64,
    pub updated: i64,
}

/// The entries of a feed, read with a parser that is not the writer's.
pub fn read(bytes: &[u8]) -> Vec<Entry> {
    let feed = feed_rs::parser::parse(bytes).unwrap();
    let entries = feed.entries.into_iter().map(|entry| Entry {
        id: entry.id,
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        text: entry.content.and_then(|content| content.body).unwrap_or_default(),
        published: entry.published.unwrap().timestamp(),
        updated: entry.updated.map_or(0, |updated| updated.timestamp_millis()),
    });
    entries.collect()
}

/// What a reader remembers.
#[derive(Default)]
pub struct Reader {
    /// The last state of each entry ever seen.
    pub seen: BTreeMap<String, Entry>,
    /// What was in the feed last time.
    pub present: BTreeSet<String>,
}

/// What a look at a feed brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Entries never seen before.
    pub unread: Vec<Entry>,
    /// Entries whose text, title or time of change differs: before and after.
    pub changed: Vec<(Entry, Entry)>,
    /// Entries that had left the feed and are back.
    pub back: Vec<Entry>,
}

impl Reader {
    pub fn look(&mut self, entries: &[Entry]) -> News {
        let mut news = News::default();
        for entry in entries {
            match self.seen.get(&entry.id) {
                None => news.unread.push(entry.clone()),
                Some(before) => {
                    if before != entry {
                        news.changed.push((before.clone(), entry.clone()));
                    }
                    if !self.present.contains(&entry.id) {
                        news.back.push(entry.clone());
                    }
                }
            }
            self.seen.insert(entry.id.clone(), entry.clone());
        }
        self.present = entries.iter().map(|entry| entry.id.clone()).collect();
        assert_eq!(self.present.len(), entries.len(), "an id stands twice in the feed");
        news
    }
}

/// Which article, in which edition, a text is: the site writes it into every one.
pub fn marks(text: &str) -> Option<(usize, usize)> {
    let number = |after: &str| text.split(after).nth(1)?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    Some((number("report number ")?, number("edition number ")?))
}
