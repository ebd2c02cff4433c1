//! Times of day and their zones: `20:59:26.201Z`, `3:34 PM EST`, `14.05 Uhr`, `14h05`, `오후 3시 5분`.

use jiff::civil::Time;

use super::day_words::{self, Half};
use super::token::{Kind, Token};
use super::words;
use super::zones::Region;
use crate::model::Precision;

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) precision: Precision,
    /// Seconds east of Greenwich, where the text gives them.
    pub(super) offset: Option<i32>,
    /// The zone with summer time that the text names instead.
    pub(super) region: Option<Region>,
}

/// Most signs and fillers between a date and its time: "| Updated at", ", um", " - ".
const MAX_BETWEEN: usize = 4;

/// The clock that begins at token `at` or after a few fillers, and the token after it. A day of the week and brackets may stand between, besides.
pub(super) fn after(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let mut between = 0;
    // Each filler may be in brackets, and no text has more days of the week than one.
    for start in at..=at + MAX_BETWEEN * 2 {
        if !is_numbered_weekday(tokens, start)
            && let Some(found) = read(tokens, start)
        {
            return Some(found);
        }
        between += match &tokens.get(start)?.kind {
            Kind::Sign('(' | ')' | '（' | '）' | '[' | ']' | '月' | '월') => 0,
            Kind::Sign('.' | ',' | '-' | '–' | '—' | '|' | '@' | '/' | '•' | '·' | ':' | '日' | '일' | 'T' | '،') => 1,
            Kind::Number(..) if is_numbered_weekday(tokens, start) => 0,
            Kind::Word(word) if day_words::numbers_weekdays(word) || day_words::is_weekday(word) => 0,
            Kind::Word(word) if words::is_filler(word) || word.chars().count() <= 4 || Half::named(word).is_some() => 1,
            _ => return None,
        };
        if between > MAX_BETWEEN {
            return None;
        }
    }
    None
}

/// Whether a token is the number of a Chinese day of the week: 星期四.
fn is_numbered_weekday(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before)).map(|token| &token.kind);
    matches!(before, Some(Kind::Word(word)) if day_words::numbers_weekdays(word))
        && touching(tokens, at)
        && matches!(tokens.get(at).map(|token| &token.kind), Some(Kind::Number(1..=6, 1)))
}

/// The clock that begins exactly at token `at`, and the token after it.
pub(super) fn read(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let number = |index: usize, most: i64| match tokens.get(index).map(|token| &token.kind) {
        Some(Kind::Number(value, digits)) if *digits <= 2 && *value <= most => Some(*value),
        _ => None,
    };
    let half_before = at.checked_sub(1).filter(|before| !stands_behind(tokens, *before)).and_then(|before| half_of_day(tokens, before));
    let half_before = half_before.map(|(half, _)| half);
    let hour = number(at, 24)?;
    let mut next = at + 2;
    let (mut minute, mut second, mut nano, mut precision) = (0, 0, 0, Precision::Minute);
    let split = separator(tokens, at + 1);
    if let (Some(_), Some(value)) = (split, number(next, 59)) {
        if !matches!(split, Some('時' | '时' | '시' | '点' | '點')) && !two_digits(tokens, next) {
            return None;
        }
        minute = value;
        next += 1;
        if separator(tokens, next).is_some_and(|sign| matches!(sign, ':' | '分' | '분')) {
            next += 1;
            if let Some(value) = number(next, 60) {
                (second, precision) = (value.min(59), Precision::Second);
                (nano, next) = fraction(tokens, next + 1);
            }
        }
    } else if !matches!(split, Some('時' | '时' | '시' | '点' | '點')) {
        half_of_day(tokens, at + 1)?;
        next = at + 1;
    }
    let (half, next) = half_of_day(tokens, next).map_or((half_before, next), |(half, next)| (Some(half), next));
    let hour = half.map_or(hour % 24, |half| half.hour(hour));
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, nano).ok()?;
    // Only after "AM" or "PM", or dotted: "et" and "pt" are words in other languages.
    let dotted = tokens.get(next + 1).is_some_and(|token| token.kind == Kind::Sign('.') && touching(tokens, next + 1));
    if let Some((region, next)) = Region::at(tokens, next).filter(|_| half.is_some() || dotted) {
        return Some((Clock { time, precision, offset: None, region: Some(region) }, next));
    }
    let (offset, next) = offset(tokens, next);
    Some((Clock { time, precision, offset, region: None }, next))
}

fn separator(tokens: &[Token], at: usize) -> Option<char> {
    match &tokens.get(at)?.kind {
        Kind::Sign(sign @ (':' | '：' | '.' | '時' | '时' | '시' | '点' | '點' | '分' | '분')) => {
            Some(if *sign == '：' { ':' } else { *sign })
        }
        Kind::Word(word) if word == "h" => Some('h'),
        _ => None,
    }
}

fn two_digits(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at).map(|token| &token.kind), Some(Kind::Number(_, 2)))
}

/// Nanoseconds after a decimal sign, and the token after them.
fn fraction(tokens: &[Token], at: usize) -> (i32, usize) {
    if let (Some(Kind::Sign('.' | ',')), Some(Kind::Number(value, digits))) =
        (tokens.get(at).map(|token| &token.kind), tokens.get(at + 1).map(|token| &token.kind))
        && let Ok(digits) = u32::try_from(*digits)
        && touching(tokens, at)
        && touching(tokens, at + 1)
    {
        let nano = if digits <= 9 { value * 10_i64.pow(9 - digits) } else { value / 10_i64.pow((digits - 9).min(18)) };
        return (i32::try_from(nano).unwrap_or(0).min(999_999_999), at + 2);
    }
    (0, at)
}

/// Whether a token follows the one before it without a gap.
pub(super) fn touching(tokens: &[Token], at: usize) -> bool {
    match (at.checked_sub(1).and_then(|before| tokens.get(before)), tokens.get(at)) {
        (Some(before), Some(this)) => before.range.end == this.range.start,
        _ => false,
    }
}

/// Whether a word names a half of the day only behind a time: before one, "Sa" is a day of the week.
fn stands_behind(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at).map(|token| &token.kind), Some(Kind::Word(word)) if matches!(word.as_str(), "sa" | "ch"))
}

/// The half of the day that stands at a token, and the token after it.
fn half_of_day(tokens: &[Token], at: usize) -> Option<(Half, usize)> {
    let kind = |index: usize| tokens.get(index).map(|token| &token.kind);
    let Some(Kind::Word(word)) = kind(at) else { return None };
    if let (Some(Kind::Sign('.')), Some(Kind::Word(second))) = (kind(at + 1), kind(at + 2))
        && let Some(half) = Half::dotted(word, second)
    {
        return Some((half, at + 3 + usize::from(kind(at + 3) == Some(&Kind::Sign('.')))));
    }
    Half::named(word).map(|half| (half, at + 1))
}

/// The offset after a time, and the token after it.
pub(super) fn offset(tokens: &[Token], at: usize) -> (Option<i32>, usize) {
    let kind = |index: usize| tokens.get(index).map(|token| &token.kind);
    let start = if kind(at) == Some(&Kind::Sign('(')) { at + 1 } else { at };
    if let Some(Kind::Word(word)) = kind(start)
        && let Some(minutes) = words::zone(word)
    {
        return match numeric(tokens, start + 1) {
            Some((seconds, next)) if minutes == 0 => (Some(seconds), next),
            _ => (Some(minutes * 60), start + 1),
        };
    }
    numeric(tokens, at).map_or((None, at), |(seconds, next)| (Some(seconds), next))
}

/// `+02:00`, `+0200`, `+02`, `−5`.
fn numeric(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let kind = |index: usize| tokens.get(index).map(|token| &token.kind);
    let sign = match kind(at)? {
        Kind::Sign('+') => 1,
        Kind::Sign('-' | '−') if touching(tokens, at) || touching(tokens, at + 1) => -1,
        _ => return None,
    };
    let Kind::Number(value, digits) = *kind(at + 1)? else { return None };
    if !touching(tokens, at + 1) {
        return None;
    }
    let (hours, minutes, next) = match (digits, kind(at + 2), kind(at + 3)) {
        (4, ..) => (value / 100, value % 100, at + 2),
        (1 | 2, Some(Kind::Sign(':')), Some(Kind::Number(minutes, 2))) => (value, *minutes, at + 4),
        (1 | 2, ..) => (value, 0, at + 2),
        _ => return None,
    };
    // No zone lies further from Greenwich than UTC+14.
    (hours <= 14 && minutes < 60).then_some(())?;
    i32::try_from(sign * (hours * 3600 + minutes * 60)).ok().map(|seconds| (seconds, next))
}
