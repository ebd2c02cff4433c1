//! Dates: reading them as people and programs write them, and finding those of an article.
//!
//! Reads ISO 8601, RFC 2822, RFC 9557-like instants, seconds and milliseconds since 1970, numeric dates in either order, and
//! dates in words in more than 30 languages and their numerals. A time without an offset is in the caller's zone and says so
//! ([`Zone::Assumed`](crate::model::Zone)). Does not guess a day from a month alone, and knows no clock: `now` is passed.

mod clock;
mod compact;
mod data;
mod day_words;
mod element;
mod era;
mod fill;
mod find;
mod judge;
mod label_words;
mod line;
mod listed;
mod local;
mod numeric;
mod of_another;
mod opening;
mod order;
mod parse;
mod persian;
mod relative;
mod shown;
mod statement;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_pages;
mod token;
mod words;
mod zones;

use std::ops::Range;

use jiff::tz::TimeZone;

use crate::model::When;

pub use fill::fill;
pub use parse::{Order, Reading};

/// Reads a date (and time) as people and programs write it, whole text or part of it.
///
/// `language` is BCP 47 or empty; `zone` is for times that name none.
pub fn parse(text: &str, language: &str, zone: &TimeZone) -> Option<When> {
    Reading::new(language, zone).read(text)
}

/// The first date in a longer text, and the bytes where it stands. Text without a digit costs one look.
pub fn find_in_text(text: &str, language: &str, zone: &TimeZone) -> Option<(When, Range<usize>)> {
    Reading::new(language, zone).find(text)
}

/// Whether a text is a label of a date, as that of the publication or of a change: "Published", "Last updated".
pub(super) fn is_label(text: &str) -> bool {
    const MOST_WORDS: usize = 3;
    text.split_whitespace().count() <= MOST_WORDS && (label_words::says_published(text) || label_words::says_modified(text))
}

pub(super) use words::names_a_month;
