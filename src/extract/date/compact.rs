//! Dates that are written as one number.

use jiff::civil::Date;

use super::clock::{self, Clock};
use super::parse::{make, year};
use super::token::{Kind, Token};
use crate::model::Precision;

/// `20160309`, with `T120000` after it or not.
pub(super) fn day(tokens: &[Token], at: usize, value: i64) -> Option<(Date, usize, Option<Clock>)> {
    let date = make(year(value / 10_000, 4)?, value / 100 % 100, value % 100)?;
    let (Some(Kind::Word(t)), Some(Kind::Number(clock, 6))) =
        (tokens.get(at + 1).map(|token| &token.kind), tokens.get(at + 2).map(|token| &token.kind))
    else {
        return Some((date, at + 1, None));
    };
    if t != "t" {
        return Some((date, at + 1, None));
    }
    let part = |value: i64| i8::try_from(value).ok();
    let time = jiff::civil::Time::new(part(clock / 10_000)?, part(clock / 100 % 100)?, part(clock % 100)?, 0).ok()?;
    let (offset, next) = clock::offset(tokens, at + 3);
    Some((date, next, Some(Clock { time, precision: Precision::Second, offset, region: None })))
}

/// `20160309120000`.
pub(super) fn instant(at: usize, value: i64) -> Option<(Date, usize, Option<Clock>)> {
    let (day, clock) = (value / 1_000_000, value % 1_000_000);
    let date = make(year(day / 10_000, 4)?, day / 100 % 100, day % 100)?;
    let part = |value: i64| i8::try_from(value).ok();
    let time = jiff::civil::Time::new(part(clock / 10_000)?, part(clock / 100 % 100)?, part(clock % 100)?, 0).ok()?;
    Some((date, at + 1, Some(Clock { time, precision: Precision::Second, offset: None, region: None })))
}
