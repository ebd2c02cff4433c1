//! From an extracted page, and what is known of it, to what is stored: a new item, a changed one, or nothing.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::html::letters;
use crate::model::{Extraction, Item, ItemId, Link, Note, Page, Precision, SourceId, When};
use crate::url::Url;

use super::{identity, kinship};

/// Nothing on the web is older; a date before is a broken clock or an empty field.
const EARLIEST: &str = "1990-01-01T00:00:00Z";
/// How far ahead a page's clock may be before its date is not believed: readers take feeds with later dates for broken.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(10);
/// How many words of the text stand in for a missing headline.
const TITLE_WORDS: usize = 12;

/// One article on its way into the store.
#[derive(Debug)]
pub struct Incoming<'a> {
    /// The source.
    pub source: &'a SourceId,
    /// What the listing says.
    pub link: &'a Link,
    /// The page as fetched.
    pub page: &'a Page,
    /// What was extracted.
    pub extraction: &'a Extraction,
    /// The moment of the poll.
    pub now: Timestamp,
}

/// What merging an article with history comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new item.
    Insert(Box<Item>),
    /// The title or the text changed.
    Update(Box<Item>),
    /// Nothing that a reader would notice changed.
    Unchanged(ItemId),
}

/// Merges an article with the item it belongs to, if there is one. `id` is the id for a new item.
pub fn merge(incoming: &Incoming<'_>, id: ItemId, known: Option<&Item>) -> (Change, Vec<Note>) {
    let mut notes = Vec::new();
    let fresh = build(incoming, id, &mut notes);
    let change = match known {
        None => Change::Insert(Box::new(fresh)),
        Some(known) if known.fingerprint == fresh.fingerprint => Change::Unchanged(known.id.clone()),
        Some(known) if !kinship::similar_titles(&known.title, &fresh.title) && !kinship::similar_texts(&known.text, &fresh.text) => {
            let words = format!("`{}` now shows something else entirely; the item stays as it was", incoming.page.url);
            notes.push(Note::new("another-page", words));
            Change::Unchanged(known.id.clone())
        }
        Some(known) => Change::Update(Box::new(Item {
            id: known.id.clone(),
            url: known.url.clone(),
            // Once published, a date never jumps; one that was missing may still come.
            published: known.published.or(fresh.published.filter(|when| when.at <= known.first_seen)),
            first_seen: known.first_seen,
            revision: known.revision + 1,
            updated: incoming.now,
            ..fresh
        })),
    };
    (change, notes)
}

fn build(incoming: &Incoming<'_>, id: ItemId, notes: &mut Vec<Note>) -> Item {
    let article = &incoming.extraction.article;
    let body = article.body.as_ref().map(|body| body.value.clone());
    let (html, text) = body.map_or_else(Default::default, |body| (body.html, body.text));
    let title = article.title.as_ref().map(|title| title.value.clone()).or_else(|| incoming.link.title.clone());
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| stand_in(&text, &incoming.page.url, notes));
    // The top of a listing is its newest: undated items keep that order by a millisecond each.
    let place = SignedDuration::from_millis(i64::try_from(incoming.link.position).unwrap_or(0));
    let first_seen = incoming.now.checked_sub(place).unwrap_or(incoming.now);
    let published = article.published.as_ref().map(|when| when.value).or(incoming.link.date);
    Item {
        id,
        source: incoming.source.clone(),
        url: identity::permanent(&incoming.page.url, article.canonical.as_ref().map(|canonical| &canonical.value)),
        fingerprint: fingerprint(&title, &text),
        title,
        html,
        text,
        summary: article.summary.as_ref().map(|summary| summary.value.clone()).or_else(|| incoming.link.teaser.clone()),
        authors: article.authors.iter().map(|author| author.value.clone()).collect(),
        credits: article.credits.iter().map(|credit| credit.value.clone()).collect(),
        image: article.image.as_ref().map(|image| image.value.clone()).or_else(|| incoming.link.image.clone()),
        media: article.media.clone(),
        tags: article.tags.clone(),
        language: article.language.as_ref().map(|language| language.value.clone()),
        published: published.and_then(|when| believable(when, incoming.now, notes)),
        first_seen,
        updated: incoming.now,
        revision: 0,
    }
}

/// A date that a feed may carry: not before the web, not in the future.
fn believable(when: When, now: Timestamp, notes: &mut Vec<Note>) -> Option<When> {
    let earliest: Timestamp = EARLIEST.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    if when.at < earliest {
        notes.push(Note::new(
            "date-absurd",
            format!("the page says {}, which is before the web; the first sight is used", when.to_rfc3339()),
        ));
        return None;
    }
    let latest = now.checked_add(CLOCK_SKEW).unwrap_or(now);
    if when.at <= latest {
        return Some(when);
    }
    // A day without a time is written as noon, which may still lie ahead on that very day.
    let today = now.checked_add(SignedDuration::from_hours(24)).unwrap_or(now);
    if when.precision == Precision::Day && when.at <= today {
        return Some(When { at: now, ..when });
    }
    notes.push(Note::new("date-in-future", format!("the page says {}, which lies ahead; the first sight is used", when.to_rfc3339())));
    None
}

fn stand_in(text: &str, url: &Url, notes: &mut Vec<Note>) -> String {
    notes.push(Note::new("no-title", "the page has no headline; its first words stand in"));
    let words: Vec<&str> = text.split_whitespace().take(TITLE_WORDS + 1).collect();
    match words.len() {
        0 => url.to_string(),
        count if count > TITLE_WORDS => format!("{}…", words[..TITLE_WORDS].join(" ")),
        _ => words.join(" "),
    }
}

/// Digest of the normalised title and text: what must differ for an item to count as changed.
pub fn fingerprint(title: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(normalise(title));
    hash.update([0]);
    hash.update(normalise(text));
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Letters and digits in lower case, without the lines that only count or tell an age: those change with every visit. Where such lines are
/// the better part of a text, they are its content (results, numbers drawn) and stay.
pub fn normalise(text: &str) -> String {
    let told = letters(&text.split('\n').filter(|line| !is_counter(line)).collect::<String>());
    let whole = letters(text);
    if told.len() * 2 < whole.len() { whole } else { told }
}

/// Short lines with a number are counters and ages: "3 hours ago", "1,204 views", "12 comments".
fn is_counter(line: &str) -> bool {
    const LONGEST_COUNTER: usize = 24;
    let line = line.trim();
    line.chars().count() <= LONGEST_COUNTER && line.chars().any(|c| c.is_ascii_digit()) && line.split_whitespace().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_and_ages_do_not_count_as_changes() {
        let check = |one: &str, other: &str| assert_eq!(fingerprint("t", one), fingerprint("t", other));
        check("A story of the sea.\n\n3 hours ago", "A story of the sea.\n\n4 hours ago");
        check("A story of the sea.\n1,204 views", "A  Story of the Sea!");
    }

    #[test]
    fn a_changed_figure_in_a_sentence_does() {
        assert_ne!(
            fingerprint("t", "The bridge cost 41 million crowns in all, the office said."),
            fingerprint("t", "The bridge cost 42 million crowns in all, the office said.")
        );
        assert_ne!(fingerprint("one", "x"), fingerprint("two", "x"));
        assert_ne!(fingerprint("Numbers drawn", "4 12 17 33\nextra 9"), fingerprint("Numbers drawn", "2 12 18 30\nextra 1"));
    }

    #[test]
    fn dates_ahead_of_the_clock_are_not_believed() {
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let when = |at: &str, precision| When { at: at.parse().unwrap(), offset_seconds: 0, precision, zone: crate::model::Zone::Given };
        let mut notes = Vec::new();
        assert!(believable(when("2026-11-24T10:05:00Z", Precision::Second), now, &mut notes).is_some());
        assert_eq!(believable(when("2026-11-24T12:00:00Z", Precision::Day), now, &mut notes).unwrap().at, now);
        assert!(notes.is_empty());
        assert!(believable(when("2027-11-24T10:05:00Z", Precision::Second), now, &mut notes).is_none());
        assert!(believable(when("1970-01-01T00:00:00Z", Precision::Second), now, &mut notes).is_none());
        assert_eq!(notes.len(), 2);
    }
}
