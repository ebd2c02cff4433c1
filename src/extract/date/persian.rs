//! Days of the Solar Hijri calendar, by which Iran and Afghanistan date: ۱۲ مرداد ۱۴۰۵, 1405/05/12.
//!
//! Its years have months of 31 days, then of 30, and a last one of 29 or 30. Leap years follow from the equinox; in the years that are read a cycle of 33 years gives
//! the same ones (each first day was compared with a calendar that computes the equinox).

use std::ops::RangeInclusive;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// Years from 1921 to 2120: no other calendar of the web counts them now.
pub(super) const YEARS: RangeInclusive<i64> = 1300..=1498;
/// The first day of a year whose cycle is known: 1 Farvardin 1300.
const START: (i64, Date) = (1300, date(1921, 3, 21));
const MONTHS: [&str; 12] = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

/// The month, 1 to 12, that a word names. The Arabic Yeh is taken for the Persian one.
pub(super) fn month(word: &str) -> Option<i64> {
    let word = word.replace('ي', "ی");
    MONTHS.iter().position(|month| *month == word).and_then(|at| i64::try_from(at + 1).ok())
}

/// The day in our calendar.
pub(super) fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 if is_leap(year) => 30,
        12 => 29,
        _ => return None,
    };
    if !YEARS.contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let years: i64 = (START.0..year).map(|year| 365 + i64::from(is_leap(year))).sum();
    let months = 31 * (month - 1).min(6) + 30 * (month - 7).max(0);
    START.1.checked_add((years + months + day - 1).days()).ok()
}

fn is_leap(year: i64) -> bool {
    matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_the_calendar() {
        for (persian, ours) in [
            ((1300, 1, 1), date(1921, 3, 21)),
            ((1357, 11, 22), date(1979, 2, 11)),
            ((1399, 1, 1), date(2020, 3, 20)),
            ((1399, 4, 2), date(2020, 6, 22)),
            ((1399, 12, 30), date(2021, 3, 20)),
            ((1403, 12, 30), date(2025, 3, 20)),
            ((1405, 1, 17), date(2026, 4, 6)),
            ((1405, 5, 12), date(2026, 8, 3)),
        ] {
            assert_eq!(day(persian.0, persian.1, persian.2), Some(ours), "{persian:?}");
        }
        assert_eq!((day(1404, 12, 30), day(1405, 13, 1), day(1405, 7, 31), day(2026, 1, 1)), (None, None, None, None));
        assert_eq!((month("مرداد"), month("دي"), month("ماه")), (Some(5), Some(10), None));
    }
}
