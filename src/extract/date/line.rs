//! What stands in a line beside its date: nothing, the words that come with dates, or words that make it the day of something else.

use super::label_words::{PUBLISHED, says_modified, says_published};
use super::parse::Reading;
use super::token::{self, Kind, Token};
use super::{clock, day_words, words};

/// Whether a text tells one date and nothing else: a day of the week, a clock and a word for publication may stand with it.
pub(super) fn is_only_a_date(text: &str, reading: &Reading<'_>) -> bool {
    let Some((_, range)) = reading.find(text) else { return false };
    let (before, after) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
    reading.find(after).is_none() && comes_with_dates(before) && comes_with_dates(after)
}

/// Whether a text has no words and numbers but those that come with dates.
fn comes_with_dates(text: &str) -> bool {
    let lower = text.to_lowercase();
    // Longer ones first, or "published" would leave the "date" of "date published".
    let label = PUBLISHED.iter().filter_map(|word| lower.find(word).map(|at| (word.len(), at))).max();
    let rest =
        label.map_or(lower.clone(), |(length, at)| format!("{} {}", lower.get(..at).unwrap_or(""), lower.get(at + length..).unwrap_or("")));
    if says_modified(&lower) {
        return false;
    }
    let tokens = token::cut(&rest);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at = match &token.kind {
            Kind::Word(word) if may_accompany(word) => at + 1,
            Kind::Sign(_) => at + 1,
            Kind::Number(1..=6, 1) if after_weekday(&tokens, at) => at + 1,
            Kind::Number(..) => match clock::read(&tokens, at) {
                Some((_, next)) => next,
                None => return false,
            },
            Kind::Word(_) => return false,
        };
    }
    true
}

fn after_weekday(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before)).map(|token| &token.kind);
    matches!(before, Some(Kind::Word(word)) if day_words::numbers_weekdays(word))
}

/// Whether a text has no words but those that come with dates and names of months.
pub(super) fn stands_alone(text: &str) -> bool {
    token::cut(text).iter().all(|token| match &token.kind {
        Kind::Word(word) => may_accompany(word) || words::names_a_month(word) || PUBLISHED.contains(&word.as_str()),
        Kind::Number(..) | Kind::Sign(_) => true,
    })
}

/// Whether a text has a year, and no number beside it but perhaps a month's name: "2019", "Jul 2019".
pub(super) fn is_a_month_or_year(text: &str) -> bool {
    let tokens = token::cut(text);
    let numbers = || tokens.iter().filter(|token| matches!(token.kind, Kind::Number(..)));
    let is_word = |token: &Token| matches!(&token.kind, Kind::Word(word) if !words::names_a_month(word));
    numbers().count() == 1 && numbers().all(|token| matches!(token.kind, Kind::Number(_, 4))) && !tokens.iter().any(is_word)
}

/// Whether the date of a text without a class for dates may be the page's; `before` is the label before it. A year of two digits makes a
/// date only of what is alone or labelled: "10/11/12 points".
pub(super) fn may_be_of_page(text: &str, before: &str) -> bool {
    let labelled =
        || says_published(text) || says_modified(text) || before.ends_with(':') || says_published(before) || says_modified(before);
    has_long_year(text) || labelled() || stands_alone(text)
}

/// Whether a text has a number of four digits, or a sign for years.
fn has_long_year(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|c| {
        digits = if token::digit(c).is_some() { digits + 1 } else { 0 };
        digits == 4 || c == '年'
    })
}

/// Words that label a date or stand between its parts, but for those of [`PUBLISHED`].
const LABELS: [&str; 31] = [
    "date",
    "datum",
    "fecha",
    "data",
    "dato",
    "dátum",
    "tarih",
    "tarihi",
    "дата",
    "ngày",
    "日期",
    "日付",
    "時間",
    "时间",
    "時",
    "online",
    "on",
    "veröffentlichung",
    "erstellt",
    "created",
    "vom",
    "am",
    "stand",
    "issued",
    "released",
    "first",
    "release",
    "hours",
    "hrs",
    "of",
    "요",
];

fn may_accompany(word: &str) -> bool {
    words::is_filler(word)
        || LABELS.contains(&word)
        || day_words::is_weekday(word)
        || day_words::numbers_weekdays(word)
        || day_words::Half::named(word).is_some()
        || words::zone(word).is_some()
        // Short names of weekdays: "Thu", "Do", "чт", "木曜".
        || word.chars().count() <= 3 && !OF_A_TERM.contains(&word)
}

/// Short words that make a date the beginning or the end of something.
const OF_A_TERM: [&str; 9] = ["bis", "ab", "due", "til", "end", "by", "до", "fra", "tot"];

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn a_line_may_be_nothing_but_a_date() {
        let check = |text: &str, expected: bool| {
            assert_eq!(is_only_a_date(text, &Reading::new("", &TimeZone::UTC)), expected, "{text}");
        };
        check("29 April 2024", true);
        check("Monday, 29 April 2024, 14:05 Uhr", true);
        check("14:05 | 29 April 2024", true);
        check("Published: 29 April 2024 at 9:05 p.m. EST", true);
        check("Veröffentlicht am 29. April 2024", true);
        check("Posted on April 29, 2024", true);
        check("Date published: 29 April 2024", true);
        check("2024年4月29日 星期一 09:05", true);
        check("Council meeting, 29 April 2024", false);
        check("Concert of 3 May 2024, Town Hall", false);
        check("12 January – 3 March 2024", false);
        check("12 January 2024 – 3 March 2024", false);
        check("12 – 14 March 2024", false);
        check("Updated 29 April 2024", false);
        check("Due 29 April 2024", false);
        check("29 April 2024, 40 seats", false);
    }
}
