//! Days that are shown and are not of the page: of a life, of a term, from one day to another.

use super::parse::Reading;
use super::token::{self, Kind, Token};
use super::{clock, day_words, words};

/// Whether a text, or the label before it, says that its date is of something else: a life, the end of a term.
pub(super) fn tells(text: &str, before: &str) -> bool {
    let Some(start) = text.find(|c| token::digit(c).is_some()) else { return false };
    is_of_a_life(text, start) || is_of_a_term(text.get(..start).unwrap_or("")) || is_of_a_term(before)
}

/// Words before a date that is of a life and not of a text.
const OF_A_LIFE: [&str; 19] = [
    "born",
    "died",
    "geboren",
    "gestorben",
    "geb",
    "née",
    "né",
    "nacido",
    "nacida",
    "nascido",
    "nascida",
    "nato",
    "nata",
    "född",
    "født",
    "urodzony",
    "urodzona",
    "родился",
    "родилась",
];
/// Words between that one and the date: "born in Northport on", "geb. am".
const MOST_WORDS_BETWEEN: usize = 4;

/// Whether the date that begins at byte `start` of a text is the day on which somebody was born or died.
pub(super) fn is_of_a_life(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("");
    let mut last = before.rsplit(|c: char| !c.is_alphabetic() && c != '†').filter(|word| !word.is_empty()).take(MOST_WORDS_BETWEEN);
    last.any(|word| word == "†" || OF_A_LIFE.contains(&word.to_lowercase().as_str()))
}

/// Words before the day on which something begins or ends, or on which a manuscript came in.
const OF_A_TERM: [&str; 29] = [
    "received",
    "accepted",
    "deadline",
    "closing",
    "closes",
    "expires",
    "expiry",
    "valid",
    "ends",
    "starts",
    "begins",
    "termin",
    "gültig",
    "limite",
    "límite",
    "plazo",
    "prazo",
    "scadenza",
    "vencimiento",
    "vence",
    "validade",
    "sluitingsdatum",
    "geldig",
    "geçerlilik",
    "termín",
    "konec",
    "срок",
    "締切",
    "截止",
];
/// Ends of such words: "Bewerbungsfrist", "Anmeldeschluss".
const ENDS_OF_A_TERM: [&str; 3] = ["frist", "schluss", "termin"];
/// Words that are of a term only as a label: "When: 4 July 2019".
const LABELS_OF_A_TERM: [&str; 5] = ["when", "wann", "quand", "cuándo", "quando"];

/// Whether the words before a date make it the beginning or the end of something.
fn is_of_a_term(before: &str) -> bool {
    let is_label = before.trim_end().ends_with([':', '：']);
    let mut last = before.rsplit(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(MOST_WORDS_BETWEEN);
    last.any(|word| {
        let word = word.to_lowercase();
        OF_A_TERM.contains(&word.as_str())
            || ENDS_OF_A_TERM.iter().any(|end| word.ends_with(end))
            || is_label && LABELS_OF_A_TERM.contains(&word.as_str())
    })
}

/// What stands between the first day of something and its last.
const TO: [&str; 12] = ["–", "—", "-", "bis", "to", "until", "through", "al", "au", "até", "tot", "до"];

/// Whether a text tells of days from one to another: "12 – 14 March 2024", "vom 12.10.2024 bis 3.3.2025".
pub(super) fn is_a_span(text: &str, reading: &Reading<'_>) -> bool {
    let Some((_, range)) = reading.find(text) else { return false };
    let (before, after) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
    ends_with_a_day(before) || begins_with_a_date(after, reading)
}

/// Whether a text is the word for "to" and then a date.
fn begins_with_a_date(text: &str, reading: &Reading<'_>) -> bool {
    /// "bis zum"
    const LONGEST_BETWEEN: usize = 6;
    let rest = TO.iter().find_map(|to| text.trim_start().strip_prefix(to));
    rest.and_then(|rest| reading.find(rest)).is_some_and(|(_, range)| range.start <= LONGEST_BETWEEN)
}

/// Whether a text is a day, perhaps with its month, and then the word for "to".
fn ends_with_a_day(text: &str) -> bool {
    let Some(text) = TO.iter().find_map(|to| text.trim_end().strip_suffix(to)) else { return false };
    let tokens = token::cut(text);
    let has_clock = (0..tokens.len()).any(|at| clock::read(&tokens, at).is_some());
    let numbers = tokens.iter().filter(|token| matches!(token.kind, Kind::Number(..)));
    let is_day = |token: &Token| matches!(token.kind, Kind::Number(1..=31, 1 | 2));
    let is_of_a_date = |token: &Token| match &token.kind {
        Kind::Word(word) => {
            words::is_filler(word) || words::names_a_month(word) || day_words::is_weekday(word) || FROM.contains(&word.as_str())
        }
        Kind::Number(..) | Kind::Sign(_) => true,
    };
    !has_clock && numbers.clone().next().is_some_and(is_day) && numbers.count() <= 2 && tokens.iter().all(is_of_a_date)
}

/// What stands before the first day.
const FROM: [&str; 7] = ["vom", "from", "du", "dal", "van", "od", "с"];

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn days_of_a_life_are_known_by_a_word() {
        let check = |text: &str, expected: bool| assert_eq!(is_of_a_life(text, text.find('1').unwrap_or(0)), expected, "{text}");
        check("Ruth Calder (born 12 May 1998)", true);
        check("Ruth Calder, born in Northport on 12 May 1998", true);
        check("Ruth Calder, geb. am 12. Mai 1998", true);
        check("Ruth Calder, 12 May 1998", false);
    }

    #[test]
    fn days_of_a_term_are_known_by_a_word() {
        let check = |text: &str, before: &str, expected: bool| assert_eq!(tells(text, before), expected, "{before} {text}");
        check("Closing date: 31 August 2024", "", true);
        check("31 August 2024", "Bewerbungsfrist:", true);
        check("Anmeldeschluss ist der 31. August 2024", "", true);
        check("31 August 2024", "When:", true);
        check("When we met on 31 August 2024", "", false);
        check("31 August 2024", "Published:", false);
        check("Posted on 31 August 2024", "", false);
    }

    #[test]
    fn a_span_of_days_is_told_from_a_day() {
        let check = |text: &str, expected: bool| assert_eq!(is_a_span(text, &Reading::new("", &TimeZone::UTC)), expected, "{text}");
        check("12. April – 3. Juni 2019", true);
        check("12 – 14 March 2024", true);
        check("vom 12.10.2024 bis 3.3.2025", true);
        check("12 January 2024 – 3 March 2024", true);
        check("Du 12 au 14 mars 2024", true);
        check("12 January 2024", false);
        check("14:30 – 12 January 2024", false);
        check("12 January 2024 - 14:30", false);
        check("Part 3 – 12 January 2024", false);
        check("News | 12 January 2024 – by Ann Brook", false);
    }
}
