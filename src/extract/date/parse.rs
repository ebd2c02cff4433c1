//! Reading one date out of a text, with what is known of its language, zone and order.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::clock::{self, Clock};
use super::token::{self, Kind, Token};
use super::{compact, era, persian, relative, words};
use crate::model::{Precision, When, Zone};

/// Which of two small numbers of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 31/12/2016.
    DayFirst,
    /// 12/31/2016.
    MonthFirst,
}

/// What a caller knows about the dates of a page.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    pub(super) language: &'a str,
    zone: &'a TimeZone,
    pub(super) order: Option<Order>,
    now: Option<Timestamp>,
}

/// The web is younger than this; earlier years in a page are of its subject.
const FIRST_YEAR: i64 = 1990;
/// Later years are serial numbers and prices.
const LAST_YEAR: i64 = 2099;
/// The Thai calendar counts from the Buddha's death.
pub(super) const BUDDHIST: i64 = 543;
/// Most bytes of a text that are read: a date that stands later in a field is not that field's date.
const MAX_BYTES: usize = 20_000;
/// Seconds of 1995-01-01 and 2100-01-01: bare numbers between them may be seconds since 1970.
const EPOCH_SECONDS: Range<i64> = 788_918_400..4_102_444_800;

impl<'a> Reading<'a> {
    /// A reading without evidence of order.
    pub fn new(language: &'a str, zone: &'a TimeZone) -> Self {
        Self { language, zone, order: None, now: None }
    }

    /// With the order that other dates of the page prove ([`Order::proved_by`]).
    #[must_use]
    pub fn with_order(mut self, order: Option<Order>) -> Self {
        self.order = order;
        self
    }

    /// With the time of fetching, which lets "3 hours ago" be read.
    #[must_use]
    pub fn with_now(mut self, now: Option<Timestamp>) -> Self {
        self.now = now;
        self
    }

    /// The date of a text that is one.
    pub fn read(&self, text: &str) -> Option<When> {
        self.epoch(text.trim()).or_else(|| self.find(text).map(|(when, _)| when)).or_else(|| relative::before(self.now?, text, self.zone))
    }

    /// The first date in a text and where it stands.
    pub fn find(&self, text: &str) -> Option<(When, Range<usize>)> {
        let mut end = text.len().min(MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end)?;
        if !text.chars().any(|c| token::digit(c).is_some() || c == '年') {
            return None;
        }
        let tokens = token::cut(text);
        (0..tokens.len()).find_map(|at| self.at(&tokens, at).filter(|(_, range)| !is_serial(text, range)))
    }

    fn at(&self, tokens: &[Token], at: usize) -> Option<(When, Range<usize>)> {
        let (date, next, inner) = self.date(tokens, at)?;
        let start = tokens.get(at)?.range.start;
        let (clock, next) = match inner {
            Some(clock) => (Some(clock), next),
            None => clock::after(tokens, next).map_or((None, next), |(clock, next)| (Some(clock), next)),
        };
        let clock = clock.or_else(|| clock_before(tokens, at));
        let end = next.checked_sub(1).and_then(|last| tokens.get(last))?.range.end;
        Some((self.when(date, clock)?, start..end))
    }

    fn when(&self, date: Date, clock: Option<Clock>) -> Option<When> {
        let Some(clock) = clock else { return When::day(date, self.zone) };
        let local = date.to_datetime(clock.time);
        let (zone, given) = match clock.offset {
            Some(seconds) => (Offset::from_seconds(seconds).ok()?.to_time_zone(), Zone::Given),
            None => match clock.region {
                Some(region) => (region.zone()?, Zone::Given),
                None => (self.zone.clone(), Zone::Assumed),
            },
        };
        let zoned = zone.to_zoned_datetime(local).ok()?;
        Some(When { at: zoned.timestamp(), offset_seconds: zoned.offset().seconds(), precision: clock.precision, zone: given })
    }

    /// The calendar day that begins at a token, the token after it, and a time written inside it.
    fn date(&self, tokens: &[Token], at: usize) -> Option<(Date, usize, Option<Clock>)> {
        match &tokens.get(at)?.kind {
            Kind::Number(value, 8) => compact::day(tokens, at, *value),
            Kind::Number(value, 14) => compact::instant(at, *value),
            Kind::Number(value, 3) => self.year_first(tokens, at, era::of_the_republic(*value, self.language)?),
            Kind::Number(value, 4) if persian::YEARS.contains(value) => self.persian_year_first(tokens, at, *value),
            Kind::Number(value, 4) => self.year_first(tokens, at, year(*value, 4)?),
            Kind::Number(value, 1 | 2) => self.small_first(tokens, at, *value),
            Kind::Word(word) => match era::year(tokens, at, word) {
                Some((year, at_number)) => self.year_first(tokens, at_number, year),
                None => self.month_first(tokens, at, words::month(word, self.language)?),
            },
            _ => None,
        }
    }

    /// "1405/05/12" on a Persian page.
    fn persian_year_first(&self, tokens: &[Token], at: usize, year: i64) -> Option<(Date, usize, Option<Clock>)> {
        let [one, month, other, day] = tokens.get(at + 1..at + 5)? else { return None };
        let (Kind::Number(month, 1 | 2), Kind::Number(day, 1 | 2)) = (&month.kind, &day.kind) else { return None };
        let is_date = one.kind == other.kind && matches!(one.kind, Kind::Sign('/' | '-' | '.')) && self.language.starts_with("fa");
        persian::day(year, *month, *day).filter(|_| is_date).map(|date| (date, at + 5, None))
    }

    /// "۱۲ مرداد ۱۴۰۵", perhaps with "ماه" after the month.
    fn persian_month(&self, tokens: &[Token], at: usize, day: i64) -> Option<(Date, usize, Option<Clock>)> {
        let Kind::Word(word) = &tokens.get(at)?.kind else { return None };
        let month = persian::month(word)?;
        let after = fillers(tokens, skip(tokens, at + 1, &['،', ',']));
        let Kind::Number(year, 4) = tokens.get(after)?.kind else { return None };
        persian::day(year, month, day).map(|date| (date, after + 1, None))
    }

    fn year_first(&self, tokens: &[Token], at: usize, year: i64) -> Option<(Date, usize, Option<Clock>)> {
        let next = fillers(tokens, skip(tokens, at + 1, &['.', '-', '/', '年', '년', ',', '‐', '–']));
        let (month, next) = match &tokens.get(next)?.kind {
            Kind::Number(month, 1 | 2) if next > at + 1 => (*month, next + 1),
            Kind::Word(word) => (i64::from(words::month(word, self.language)?), next + 1),
            _ => return None,
        };
        // Latvian and Uzbek: "2026. gada 6. aprīlis", "2019-yil 4-iyul".
        let at_name = skip(tokens, next, &['.', '-']);
        if let Some(Kind::Word(word)) = tokens.get(at_name).map(|token| &token.kind)
            && let Some(named) = words::month(word, self.language)
        {
            return make(year, i64::from(named), month).map(|date| (date, at_name + 1, None));
        }
        let next = skip(tokens, next, &['.', '-', '/', '月', '월', ',', '‐', '–']);
        // Mongolian: "2019 оны 7 сарын 4".
        let is_month = matches!(tokens.get(next).map(|token| &token.kind), Some(Kind::Word(word)) if word == "сарын");
        let next = next + usize::from(is_month);
        let Kind::Number(day, 1 | 2) = tokens.get(next)?.kind else { return None };
        if is_of_day_first(tokens, at, next) {
            return None;
        }
        let end = next + usize::from(tokens.get(next + 1).is_some_and(|token| matches!(token.kind, Kind::Sign('日' | '일'))));
        make(year, month, day).map(|date| (date, end + 1, None))
    }

    fn small_first(&self, tokens: &[Token], at: usize, first: i64) -> Option<(Date, usize, Option<Clock>)> {
        let next = skip(tokens, at + 1, &['.', '-', '/', '|', ',', '\'', '’', 'º', 'ª', '°']);
        let sign = tokens.get(at + 1).and_then(|token| if let Kind::Sign(sign) = token.kind { Some(sign) } else { None });
        match &tokens.get(next)?.kind {
            Kind::Number(second, 1 | 2) if next == at + 2 => self.numeric(tokens, next, first, *second, sign?),
            Kind::Word(_) => {
                // "Tháng Năm" is May, and "năm" before a number says that it is a year.
                let is_vietnamese = matches!(&tokens.get(next)?.kind, Kind::Word(word) if word == "tháng");
                let at_month = if is_vietnamese { next + 1 } else { fillers(tokens, next) };
                if let Some(persian) = self.persian_month(tokens, at_month, first) {
                    return Some(persian);
                }
                let (month, after) = self.named_month(tokens, at_month)?;
                let after = fillers(tokens, skip(tokens, after, &['.', '-', '/', ',', '\'', '’', '،', '–']));
                let Kind::Number(value, digits) = tokens.get(after)?.kind else { return None };
                if digits == 2 && clock::read(tokens, after).is_some() {
                    return None;
                }
                let year = era::buddhist(tokens, at_month, value, digits).or_else(|| year(value, digits))?;
                make(year, month, first).map(|date| (date, after + 1, None))
            }
            _ => None,
        }
    }

    fn named_month(&self, tokens: &[Token], at: usize) -> Option<(i64, usize)> {
        let Kind::Word(word) = &tokens.get(at)?.kind else {
            // Vietnamese numbers its months: "9 tháng 3".
            let Kind::Number(month, 1 | 2) = tokens.get(at)?.kind else { return None };
            let before = at.checked_sub(1).and_then(|before| tokens.get(before))?;
            return matches!(&before.kind, Kind::Word(word) if word == "tháng").then_some((month, at + 1));
        };
        if let Some(found) = vietnamese_month(tokens, at) {
            return Some(found);
        }
        if matches!(word.as_str(), "كانون" | "تشرين")
            && let Some(Kind::Word(second)) = tokens.get(at + 1).map(|token| &token.kind)
        {
            let first_of_name = matches!(second.as_str(), "الأول" | "الاول");
            let month = match (word.as_str(), first_of_name) {
                ("كانون", true) => 12,
                ("كانون", false) => 1,
                (_, true) => 10,
                (_, false) => 11,
            };
            return Some((month, at + 2));
        }
        // Thai abbreviations are dotted inside: "มี.ค.".
        if let (Some(Kind::Sign('.')), Some(Kind::Word(second))) =
            (tokens.get(at + 1).map(|t| &t.kind), tokens.get(at + 2).map(|t| &t.kind))
            && let Some(month) = words::month(&format!("{word}{second}"), "th")
        {
            return Some((i64::from(month), at + 3));
        }
        words::month(word, self.language).map(|month| (i64::from(month), at + 1))
    }

    /// "March 9th, 2026", and "Mar 09 12:00:00 2016" of ctime.
    fn month_first(&self, tokens: &[Token], at: usize, month: i8) -> Option<(Date, usize, Option<Clock>)> {
        let at_day = skip(tokens, at + 1, &['.', '-', '/', ',']);
        let Kind::Number(day, 1 | 2) = tokens.get(at_day)?.kind else { return None };
        let next = fillers(tokens, skip(tokens, at_day + 1, &['.', '-', '/', ',', '،', 'º', '\'', '’']));
        let next = skip(tokens, next, &[',']);
        if let Kind::Number(value, 4) = tokens.get(next)?.kind {
            return make(year(value, 4)?, i64::from(month), day).map(|date| (date, next + 1, None));
        }
        let (clock, after) = clock::read(tokens, next)?;
        let Kind::Number(value, 4) = tokens.get(after)?.kind else { return None };
        make(year(value, 4)?, i64::from(month), day).map(|date| (date, after + 1, Some(clock)))
    }

    fn epoch(&self, text: &str) -> Option<When> {
        let number: i64 = (text.len() >= 9 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())??;
        let (seconds, nano) = if text.len() == 13 { (number / 1000, number % 1000 * 1_000_000) } else { (number, 0) };
        EPOCH_SECONDS.contains(&seconds).then_some(())?;
        let at = Timestamp::new(seconds, i32::try_from(nano).ok()?).ok()?;
        Some(When { at, offset_seconds: 0, precision: Precision::Second, zone: Zone::Given })
    }
}

impl Order {
    /// The order that numeric dates prove: one with a number over 12 decides; contradictions prove nothing.
    pub fn proved_by<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let mut proved = None;
        for text in texts {
            let tokens = token::cut(text.get(..text.len().min(200)).unwrap_or(""));
            for group in tokens.windows(5) {
                let [a, s, b, t, c] = group else { continue };
                let (
                    Kind::Number(first, 1 | 2),
                    Kind::Sign('/' | '-'),
                    Kind::Number(second, 1 | 2),
                    Kind::Sign('/' | '-'),
                    Kind::Number(_, 4),
                ) = (&a.kind, &s.kind, &b.kind, &t.kind, &c.kind)
                else {
                    continue;
                };
                let this = match (*first > 12, *second > 12) {
                    (true, false) => Self::DayFirst,
                    (false, true) => Self::MonthFirst,
                    _ => continue,
                };
                if proved.replace(this).is_some_and(|before| before != this) {
                    return None;
                }
            }
        }
        proved
    }
}

/// A year that a date on the web may have, as it is written.
pub(super) fn year(value: i64, digits: usize) -> Option<i64> {
    let value = if digits == 2 { 2000 + value } else { value };
    let value = if value >= FIRST_YEAR + BUDDHIST { value - BUDDHIST } else { value };
    ((digits == 2 || digits == 4) && (FIRST_YEAR..=LAST_YEAR).contains(&value)).then_some(value)
}

/// Whether a capital stands alone right after what looks like a date: "2024-10-15X". The "T" and "Z" of programs do not count.
fn is_serial(text: &str, range: &Range<usize>) -> bool {
    let mut after = text.get(range.end..).unwrap_or("").chars();
    after.next().is_some_and(|c| c.is_ascii_uppercase() && !matches!(c, 'T' | 'Z')) && !after.next().is_some_and(char::is_alphabetic)
}

/// The day of a year, a month and a day, if there is one.
pub(super) fn make(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether the numbers after a year are a date of their own: "No. 123/2019 – 04.07.2019". The last of them stands at `at_day`.
fn is_of_day_first(tokens: &[Token], at_year: usize, at_day: usize) -> bool {
    let sign = |at: usize| tokens.get(at).map(|token| &token.kind).filter(|kind| matches!(kind, Kind::Sign(_)));
    let within = at_day.checked_sub(1).and_then(sign);
    let has_year = matches!(tokens.get(at_day + 2).map(|token| &token.kind), Some(Kind::Number(value, 4)) if year(*value, 4).is_some());
    within.is_some() && within != sign(at_year + 1) && within == sign(at_day + 1) && has_year
}

/// "14:32, 9 March 2016": a time that ends just before the date.
fn clock_before(tokens: &[Token], at: usize) -> Option<Clock> {
    // Hours, sign, minutes, half of the day, zone, and a comma or "on".
    const MOST: usize = 8;
    (at.saturating_sub(MOST)..at).find_map(|start| {
        let (clock, next) = clock::read(tokens, start)?;
        let colon = tokens.get(start + 1).is_some_and(|token| token.kind == Kind::Sign(':'));
        (colon && next <= at && at - next <= 3).then_some(clock)
    })
}

/// "Tháng Tư", "tháng mười hai": the month, and the token after it.
fn vietnamese_month(tokens: &[Token], at: usize) -> Option<(i64, usize)> {
    const MONTHS: [&str; 10] = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let word = |at: usize| tokens.get(at).and_then(|token| if let Kind::Word(word) = &token.kind { Some(word.as_str()) } else { None });
    let number = |at: usize| MONTHS.iter().position(|month| Some(*month) == word(at)).and_then(|place| i64::try_from(place + 1).ok());
    if at.checked_sub(1).and_then(word) != Some("tháng") {
        return None;
    }
    let month = match word(at)? {
        "giêng" => 1,
        "chạp" => 12,
        _ => number(at)?,
    };
    let further = number(at + 1).filter(|further| month == 10 && *further <= 2);
    Some(further.map_or((month, at + 1), |further| (month + further, at + 2)))
}

/// At most two of these signs (a dot and a comma) are stepped over.
fn skip(tokens: &[Token], at: usize, signs: &[char]) -> usize {
    let is_sign = |index: usize| matches!(tokens.get(index).map(|token| &token.kind), Some(Kind::Sign(sign)) if signs.contains(sign));
    at + (0..2).take_while(|step| is_sign(at + step)).count()
}

/// At most three fillers, each with a dot or comma, are stepped over: "de", "st of", "г.".
fn fillers(tokens: &[Token], at: usize) -> usize {
    let mut at = at;
    for _ in 0..3 {
        match tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Word(word)) if words::is_filler(word) => at = skip(tokens, at + 1, &['.', ',', '\'', '’']),
            _ => break,
        }
    }
    at
}
