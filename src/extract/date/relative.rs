//! Dates told by the time that has passed since: "3 hours ago".

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::token::{self, Kind, Token};
use crate::model::{Precision, When, Zone};

/// "3 hours ago", "vor 2 Tagen", "hace 5 minutos": what lies so far before `now`.
pub(super) fn before(now: Timestamp, text: &str, zone: &TimeZone) -> Option<When> {
    let tokens = token::cut(text.get(..text.len().min(80)).unwrap_or(""));
    let says_ago = tokens.iter().any(|token| matches!(&token.kind, Kind::Word(word) if AGO.contains(&word.as_str())));
    if !says_ago {
        return None;
    }
    let (count, unit) = tokens.windows(2).find_map(|pair| match pair {
        [Token { kind: Kind::Number(count, 1..=3), .. }, Token { kind: Kind::Word(unit), .. }] => Some((*count, unit.clone())),
        _ => None,
    })?;
    let (minutes, precision) =
        UNITS.iter().find(|(stem, ..)| unit.starts_with(stem)).map(|(_, minutes, precision)| (*minutes, *precision))?;
    let at = now.checked_sub((count * minutes).minutes()).ok()?;
    if precision == Precision::Day {
        return When::day(zone.to_datetime(at).date(), zone);
    }
    Some(When { at, offset_seconds: zone.to_offset(at).seconds(), precision, zone: Zone::Assumed })
}

/// Words that say that a span of time lies behind us.
const AGO: &[&str] = &[
    "ago",
    "vor",
    "hace",
    "há",
    "fa",
    "geleden",
    "sedan",
    "siden",
    "temu",
    "назад",
    "тому",
    "önce",
    "il",
    "atrás",
    "前",
    "sitten",
    "lalu",
];

/// Beginnings of the names of units, their minutes, and how exact they are.
const UNITS: &[(&str, i64, Precision)] = &[
    ("min", 1, Precision::Minute),
    ("мин", 1, Precision::Minute),
    ("хв", 1, Precision::Minute),
    ("dakika", 1, Precision::Minute),
    ("hour", 60, Precision::Minute),
    ("hr", 60, Precision::Minute),
    ("stund", 60, Precision::Minute),
    ("std", 60, Precision::Minute),
    ("hora", 60, Precision::Minute),
    ("heure", 60, Precision::Minute),
    ("or", 60, Precision::Minute),
    ("uur", 60, Precision::Minute),
    ("timm", 60, Precision::Minute),
    ("time", 60, Precision::Minute),
    ("godz", 60, Precision::Minute),
    ("час", 60, Precision::Minute),
    ("saat", 60, Precision::Minute),
    ("day", 1440, Precision::Day),
    ("tag", 1440, Precision::Day),
    ("día", 1440, Precision::Day),
    ("dia", 1440, Precision::Day),
    ("jour", 1440, Precision::Day),
    ("giorn", 1440, Precision::Day),
    ("dag", 1440, Precision::Day),
    ("dni", 1440, Precision::Day),
    ("дн", 1440, Precision::Day),
    ("ден", 1440, Precision::Day),
    ("gün", 1440, Precision::Day),
    ("week", 10_080, Precision::Day),
    ("woche", 10_080, Precision::Day),
    ("semana", 10_080, Precision::Day),
    ("semaine", 10_080, Precision::Day),
];
