//! Reading a date as people and programs write it.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use regex::{Captures, Regex};

use super::words::any_month;
use crate::model::{Precision, When, Zone};

/// Years that a page on the web can mean.
const YEARS: Range<i16> = 1990..2100;
/// Buddhist years run so far ahead.
const BUDDHIST: i16 = 543;
/// Longer texts are not one date.
const LONGEST: usize = 200;

static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x)\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:(?:\s*[T,@|]\s*|\s+)(?:at\s+|um\s+)?(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?P<f>[.,]\d{1,9})?)?\s*(?P<ap>[AaPp]\.?[Mm]\.?)?\s*(?P<z>Z|[+\-−]\d{2}:?\d{2}|[+\-]\d{2}\b|UTC|GMT|[A-Z]{2,5}\b)?)?").ok()
});
static YEAR_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?P<y>\d{4})\s*(?:[/.]|年|년)\s*(?P<m>\d{1,2})\s*(?:[/.]|月|월)\s*(?P<d>\d{1,2})\s*(?:日|일)?").ok());
static NUMBERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?P<a>\d{1,2})\s?(?P<sep>[/.\-])\s?(?P<b>\d{1,2})\s?[/.\-]\s?(?P<y>\d{4}|\d{2})\b").ok());
static DAY_WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|,)?\s*(?:de\s+|of\s+|d['’]|of\s+|-\s*|\s)?\s*(?P<w>\p{L}[\p{L}\p{M}.]{1,15})\.?,?\s*(?:de\s+|del\s+|of\s+|-\s*|’|')?\s*(?P<y>\d{4})\b").ok()
});
static WORD_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<w>\p{L}[\p{L}\p{M}]{1,14})\.?\s*(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?,?\s+(?:at\s+)?(?P<y>\d{4})\b").ok()
});
static YEAR_WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?P<y>\d{4})[.\s]\s*(?:m\.\s*)?(?P<w>\p{L}[\p{L}\p{M}]{2,14})\.?\s+(?P<d>\d{1,2})\b").ok());
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x)^[\s,@|•·—–\-]*(?:at|um|a\ las|às|à|kl\.?|klo|alle|ore|o|om|в|о|saat|la|on\ |\()?\s*(?P<h>\d{1,2})\s*[:.h時시]\s*(?P<min>\d{2})(?:[:.](?P<s>\d{2}))?\s*(?P<ap>[AaPp]\.?\s?[Mm]\b\.?)?\s*(?:Uhr\s*)?\(?(?P<z>Z\b|(?:UTC|GMT)?\s?[+\-−]\d{1,2}:?(?:\d{2})?|UTC|GMT|[ECMP][SD]?T\b|BST|CES?T|EES?T|WES?T|IST|JST|KST|AES?T|MSK|SGT|HKT)?").ok()
});

/// Reads a date, and a time if there is one. `language` is BCP 47 or empty; `zone` is for times that name none.
pub fn parse(text: &str, language: &str, zone: &TimeZone) -> Option<When> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    epoch(text).or_else(|| first_in(text, language, zone).map(|(when, _)| when))
}

/// The first date in a text, with its place in bytes.
pub fn first_in(text: &str, language: &str, zone: &TimeZone) -> Option<(When, Range<usize>)> {
    if !text.chars().any(char::is_numeric) {
        return None;
    }
    let western = western_digits(text);
    let (when, range) = first_western(western.as_deref().unwrap_or(text), language, zone)?;
    // Places in a text of other numerals are not those of the original; its whole is the answer.
    Some((when, if western.is_some() { 0..text.len() } else { range }))
}

fn first_western(text: &str, language: &str, zone: &TimeZone) -> Option<(When, Range<usize>)> {
    let mut best: Option<(Date, Range<usize>, Option<When>)> = None;
    let mut offer = |date: Option<Date>, range: Range<usize>, when: Option<When>| {
        if let Some(date) = date
            && best.as_ref().is_none_or(|(_, before, _)| range.start < before.start)
        {
            best = Some((date, range, when));
        }
    };
    if let Some(found) = find(&ISO, text) {
        let date = civil(number(&found, "y"), number(&found, "m"), number(&found, "d"));
        let when = date.and_then(|date| clock(date, &found, zone));
        offer(date, span(&found), when);
    }
    if let Some(found) = find(&YEAR_FIRST, text) {
        offer(civil(number(&found, "y"), number(&found, "m"), number(&found, "d")), span(&found), None);
    }
    if let Some(found) = find(&NUMBERS, text) {
        offer(ordered(&found, language), span(&found), None);
    }
    for pattern in [&DAY_WORD, &WORD_DAY, &YEAR_WORD] {
        let Some(pattern) = pattern.as_ref() else { continue };
        // The first match may be no date ("12 people 2021"): a few more are tried.
        for found in pattern.captures_iter(text).take(5) {
            let month = found.name("w").and_then(|word| any_month(word.as_str()));
            let date = month.and_then(|month| civil(number(&found, "y"), Some(month.into()), number(&found, "d")));
            if date.is_some() {
                offer(date, span(&found), None);
                break;
            }
        }
    }
    let (date, range, when) = best?;
    if let Some(when) = when {
        return Some((when, range));
    }
    let rest = text.get(range.end..).unwrap_or("");
    match find(&CLOCK, rest).and_then(|found| Some((clock(date, &found, zone)?, span(&found).end))) {
        Some((when, length)) => Some((when, range.start..range.end + length)),
        None => Some((When::day(date, zone)?, range)),
    }
}

fn find<'t>(pattern: &LazyLock<Option<Regex>>, text: &'t str) -> Option<Captures<'t>> {
    pattern.as_ref()?.captures(text)
}

fn span(found: &Captures<'_>) -> Range<usize> {
    found.get(0).map_or(0..0, |whole| whole.range())
}

fn number(found: &Captures<'_>, name: &str) -> Option<i16> {
    found.name(name)?.as_str().parse().ok()
}

fn civil(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Option<Date> {
    let year = year?;
    let year = if YEARS.contains(&(year - BUDDHIST)) && !YEARS.contains(&year) { year - BUDDHIST } else { year };
    let date = Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()?;
    YEARS.contains(&year).then_some(date)
}

/// Day and month by evidence: a number above 12, a dot between them, the language's habit.
fn ordered(found: &Captures<'_>, language: &str) -> Option<Date> {
    let (a, b, year) = (number(found, "a")?, number(found, "b")?, number(found, "y")?);
    let year = match year {
        0..=68 => 2000 + year,
        69..=99 => 1900 + year,
        other => other,
    };
    let separator = found.name("sep").map_or("/", |separator| separator.as_str());
    let month_first =
        separator == "/" && (language.is_empty() || language.eq_ignore_ascii_case("en") || language.eq_ignore_ascii_case("en-us"));
    let (day, month) = if b > 12 || (a <= 12 && month_first) { (b, a) } else { (a, b) };
    civil(Some(year), Some(month), Some(day))
}

fn clock(date: Date, found: &Captures<'_>, zone: &TimeZone) -> Option<When> {
    let mut hour = i8::try_from(number(found, "h")?).ok()?;
    let minute = i8::try_from(number(found, "min")?).ok()?;
    let second = number(found, "s").and_then(|second| i8::try_from(second).ok());
    if let Some(half) = found.name("ap") {
        let is_afternoon = half.as_str().starts_with(['p', 'P']);
        hour = match (hour, is_afternoon) {
            (12, false) => 0,
            (1..=11, true) => hour + 12,
            _ => hour,
        };
    }
    let fraction = found.name("f").map_or(0, |fraction| nanoseconds(fraction.as_str()));
    let time = Time::new(hour, minute, second.unwrap_or(0).min(59), fraction).ok()?;
    let given = found.name("z").and_then(|name| offset(name.as_str()));
    let zone_of = given.map_or_else(|| zone.clone(), TimeZone::fixed);
    let zoned = zone_of.to_zoned_datetime(date.to_datetime(time)).ok()?;
    Some(When {
        at: zoned.timestamp(),
        offset_seconds: zoned.offset().seconds(),
        precision: if second.is_some() { Precision::Second } else { Precision::Minute },
        zone: if given.is_some() { Zone::Given } else { Zone::Assumed },
    })
}

fn nanoseconds(fraction: &str) -> i32 {
    let digits: String = fraction.chars().filter(char::is_ascii_digit).chain("000000000".chars()).take(9).collect();
    digits.parse().unwrap_or(0)
}

/// An offset by its figures or its usual name.
fn offset(name: &str) -> Option<Offset> {
    let name = name.trim().replace('−', "-");
    let hours = |hours: i8| Offset::from_hours(hours).ok();
    match name.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" | "WET" => return Some(Offset::UTC),
        "EST" | "ET" => return hours(-5),
        "EDT" => return hours(-4),
        "CST" | "CT" => return hours(-6),
        "CDT" | "MDT" if name == "CDT" => return hours(-5),
        "MST" | "MT" => return hours(-7),
        "MDT" => return hours(-6),
        "PST" | "PT" => return hours(-8),
        "PDT" => return hours(-7),
        "BST" | "CET" | "WEST" => return hours(1),
        "CEST" | "EET" => return hours(2),
        "EEST" | "MSK" => return hours(3),
        "IST" => return Offset::from_seconds(19_800).ok(),
        "SGT" | "HKT" => return hours(8),
        "JST" | "KST" => return hours(9),
        "AEST" => return hours(10),
        "AEDT" => return hours(11),
        _ => {}
    }
    let figures = name.trim_start_matches(|character: char| character.is_alphabetic() || character == ' ');
    let sign = if figures.starts_with('-') { -1 } else { 1 };
    let digits: Vec<i32> =
        figures.chars().filter_map(|character| character.to_digit(10)).filter_map(|digit| i32::try_from(digit).ok()).collect();
    let (hour, minute) = match *digits.as_slice() {
        [h] => (h, 0),
        [a, b] => (a * 10 + b, 0),
        [h, a, b] => (h, a * 10 + b),
        [a, b, c, d] => (a * 10 + b, c * 10 + d),
        _ => return None,
    };
    Offset::from_seconds(sign * (hour * 3600 + minute * 60)).ok()
}

/// Seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<When> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = text.parse().ok()?;
    let duration = if text.len() == 13 { SignedDuration::from_millis(value) } else { SignedDuration::from_secs(value) };
    let at = Timestamp::from_duration(duration).ok()?;
    Some(When { at, offset_seconds: 0, precision: Precision::Second, zone: Zone::Given })
}

/// The text with the numerals of other scripts as 0–9; `None` if there are none.
fn western_digits(text: &str) -> Option<String> {
    const ZEROS: [char; 8] = ['\u{0660}', '\u{06f0}', '\u{0966}', '\u{09e6}', '\u{0e50}', '\u{0ae6}', '\u{0be6}', '\u{ff10}'];
    let digit = |character: char| {
        ZEROS
            .iter()
            .find_map(|&zero| u32::from(character).checked_sub(u32::from(zero)).filter(|value| *value < 10))
            .and_then(|value| char::from_digit(value, 10))
    };
    if text.is_ascii() || !text.chars().any(|character| digit(character).is_some()) {
        return None;
    }
    Some(text.chars().map(|character| digit(character).unwrap_or(character)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, language: &str, expected: &str) {
        let found = parse(text, language, &TimeZone::UTC).map(|when| when.to_rfc3339());
        assert_eq!(found.as_deref(), Some(expected).filter(|expected| !expected.is_empty()), "{text}");
    }

    #[test]
    fn what_programs_write() {
        check("2021-06-19T20:59:26.201Z", "", "2021-06-19T20:59:26.201+00:00");
        check("2026-03-08 03:34:10 +0100", "", "2026-03-08T03:34:10+01:00");
        check("2026-03-08T03:34+05:30", "", "2026-03-08T03:34:00+05:30");
        check("Fri, 20 Nov 2026 14:30:00 GMT", "", "2026-11-20T14:30:00+00:00");
        check("20261120", "", "");
        check("1790000000", "", "2026-09-21T14:13:20+00:00");
        check("2020-12-15", "", "2020-12-15");
    }

    #[test]
    fn what_people_write() {
        check("June 9, 2021", "en", "2021-06-09");
        check("on Sunday March 08, 2026 @03:34AM", "en", "2026-03-08T03:34:00+00:00");
        check("9th of June 2021 at 5:07 pm EST", "en", "2021-06-09T17:07:00-05:00");
        check("16.02.2016", "de", "2016-02-16");
        check("16. Februar 2016, 12:30 Uhr", "de", "2016-02-16T12:30:00+00:00");
        check("10 de marzo de 2016", "es", "2016-03-10");
        check("1er août 2020 à 8h05", "fr", "2020-08-01T08:05:00+00:00");
        check("2016年3月9日", "zh", "2016-03-09");
        check("2016년 3월 9일", "ko", "2016-03-09");
        check("03/04/2016", "en-GB", "2016-04-03");
        check("03/04/2016", "en", "2016-03-04");
        check("13/04/2016", "en", "2016-04-13");
    }

    #[test]
    fn months_in_many_languages() {
        for (text, expected) in [
            ("5 maja 2019", "2019-05-05"),
            ("5 stycznia 2019", "2019-01-05"),
            ("5 января 2019", "2019-01-05"),
            ("5 жовтня 2019", "2019-10-05"),
            ("5 Şubat 2019", "2019-02-05"),
            ("5 gennaio 2019", "2019-01-05"),
            ("5 de dezembro de 2019", "2019-12-05"),
            ("5 augustus 2019", "2019-08-05"),
            ("5. elokuuta 2019", "2019-08-05"),
            ("5 oktober 2019", "2019-10-05"),
            ("5. října 2019", "2019-10-05"),
            ("5 Ιουνίου 2019", "2019-06-05"),
            ("5 decembrie 2019", "2019-12-05"),
            ("5 देसी", ""),
            ("5 जनवरी 2019", "2019-01-05"),
            ("٥ يونيو ٢٠١٩", "2019-06-05"),
            ("5 ธันวาคม 2562", "2019-12-05"),
            ("5 Desember 2019", "2019-12-05"),
            ("2019. augusztus 5.", "2019-08-05"),
            ("5 ביוני 2019", "2019-06-05"),
            ("2019 m. gruodžio 5 d.", "2019-12-05"),
            ("5 ноември 2019", "2019-11-05"),
        ] {
            check(text, "", expected);
        }
    }

    #[test]
    fn no_date_is_no_date() {
        for text in ["", "no date", "12 people 2021", "99.99.2021", "1.2.3", "call 555-1234"] {
            check(text, "", "");
        }
    }

    #[test]
    fn the_first_of_several_is_found_with_its_place() {
        let text = "Posted 3 May 2020, updated 2021-01-01";
        let (when, range) = first_in(text, "en", &TimeZone::UTC).unwrap();
        assert_eq!(when.to_rfc3339(), "2020-05-03");
        assert_eq!(&text[range], "3 May 2020");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,80}") {
            let _ = parse(&text, "en", &TimeZone::UTC);
        }

        #[test]
        fn what_was_written_is_read_back(second in 700_000_000_i64..3_000_000_000) {
            let at = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(parse(&at.to_string(), "", &TimeZone::UTC).unwrap().at, at);
            let spoken = at.to_zoned_datetime(TimeZone::UTC).strftime("%A, %d %B %Y, %H:%M:%S UTC").to_string();
            prop_assert_eq!(parse(&spoken, "en", &TimeZone::UTC).unwrap().at, at);
        }
    }
}
