//! Which day it was where the site is: an instant in UTC, told in the zone of what the page shows beside it.

use jiff::tz::Offset;

use super::zones;
use crate::model::{Precision, When, Zone};

/// No zone lies further from Greenwich.
const FURTHEST: i64 = 14 * 3600;
/// Half of a day.
const HALF_DAY: i64 = 12 * 3600;
/// Clocks of sites are told apart by the hour, where no zone is named.
const HOUR: i64 = 3600;
/// In minutes: the zones in use that lie between the hours (IANA time zone database). Any other offset is of two clocks that tell of two things.
const BETWEEN_HOURS: [i64; 13] = [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825];
/// Seconds by which two tellings of one instant may differ.
const SAME: i64 = 60;

/// The instant `when`, if it is told in UTC, in the zone that other dates of the page give away: the same instant with an offset, the same minute by
/// another clock, or else the neighbouring day. The instant itself never changes.
pub(super) fn localise<'a>(when: When, language: &str, others: impl Iterator<Item = &'a When> + Clone) -> When {
    if when.zone != Zone::Given || when.offset_seconds != 0 || when.precision == Precision::Day {
        return when;
    }
    let at = when.at.as_second();
    let given = others.clone().filter(|other| other.zone == Zone::Given && other.offset_seconds != 0 && other.precision != Precision::Day);
    if let Some(other) = given.clone().find(|other| (other.at.as_second() - at).abs() <= SAME) {
        return When { offset_seconds: other.offset_seconds, ..when };
    }
    let naive = others.clone().filter(|other| other.zone == Zone::Assumed && other.precision != Precision::Day);
    let by_clock = naive.filter_map(|other| {
        let ahead = other.at.as_second() + i64::from(other.offset_seconds) - at;
        let in_hours = (ahead + HOUR / 2).div_euclid(HOUR) * HOUR;
        let offsets = std::iter::once(in_hours).chain(BETWEEN_HOURS.iter().map(|minutes| minutes * 60));
        // Twelve hours apart is a clock that forgot its half of the day.
        offsets
            .into_iter()
            .find(|offset| (ahead - offset).abs() < SAME && (1..=FURTHEST).contains(&offset.abs()) && offset.abs() != HALF_DAY)
    });
    if let Some(offset) = by_clock.clone().next() {
        return When { offset_seconds: i32::try_from(offset).unwrap_or(0), ..when };
    }
    if let Some(offset) = midnight(at, language) {
        return When { offset_seconds: offset, zone: Zone::Assumed, ..when };
    }
    let day = when.date();
    let mut days = others.filter(|other| other.precision == Precision::Day).map(When::date);
    let neighbour = days.clone().all(|other| other != day).then(|| days.find(|other| (*other - day).get_days().abs() == 1)).flatten();
    let Some(neighbour) = neighbour else { return when };
    // The least offset, in whole hours, that makes it that day.
    let into_day = at.rem_euclid(86_400);
    let hours = if neighbour > day { (86_400 - into_day + 3599) / 3600 } else { -(into_day / 3600 + 1) };
    let fits = hours.abs() <= 12 && Offset::from_seconds(i32::try_from(hours * 3600).unwrap_or(0)).is_ok();
    if fits { When { offset_seconds: i32::try_from(hours * 3600).unwrap_or(0), zone: Zone::Assumed, ..when } } else { when }
}

/// Systems keep a bare day as its midnight: 22:00:00 or 23:00:00 in UTC, where such a language is spoken.
fn midnight(at: i64, language: &str) -> Option<i32> {
    let spoken = zones::is_central_european(language);
    match at.rem_euclid(86_400) {
        82_800 if spoken => Some(3_600),
        79_200 if spoken => Some(7_200),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::extract::date::parse;

    #[test]
    fn an_instant_is_told_by_the_sites_clock() {
        let read = |text: &str| parse(text, "en", &TimeZone::UTC).unwrap();
        let check = |instant: &str, others: &[&str], expected: &str| {
            let others: Vec<When> = others.iter().map(|text| read(text)).collect();
            assert_eq!(localise(read(instant), "en", others.iter()).to_rfc3339(), expected, "{instant} {others:?}");
        };
        check("2025-12-19T02:41:41Z", &["2025-12-18T18:41:41-08:00"], "2025-12-18T18:41:41-08:00");
        check("2023-11-09T05:30:59Z", &["November 8, 2023 at 11:30 p.m."], "2023-11-08T23:30:59-06:00");
        check("2020-09-29T18:13:13Z", &["29 September 2020 11:43 p.m."], "2020-09-29T23:43:13+05:30");
        // A quarter of an hour after it was published a text was changed.
        check("2023-11-09T05:30:59Z", &["November 9, 2023 at 5:45"], "2023-11-09T05:30:59+00:00");
        check("2021-11-04T23:00:00Z", &["5 November 2021"], "2021-11-05T00:00:00+01:00");
        check("2018-12-31T23:11:59Z", &["2019-01-01"], "2019-01-01T00:11:59+01:00");
        check("2025-12-19T02:41:41Z", &["December 18, 2025"], "2025-12-18T23:41:41-03:00");
        check("2025-12-19T12:00:00Z", &["December 19, 2025", "December 18, 2025"], "2025-12-19T12:00:00+00:00");
        check("2025-12-19T12:00:00Z", &["December 10, 2025"], "2025-12-19T12:00:00+00:00");
        check("2025-12-19T12:00:00+02:00", &["December 18, 2025"], "2025-12-19T12:00:00+02:00");
        let midnight = localise(read("2022-07-18T22:00:00Z"), "de", std::iter::empty());
        assert_eq!(midnight.to_rfc3339(), "2022-07-19T00:00:00+02:00");
    }
}
