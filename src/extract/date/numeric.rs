//! Dates of three small numbers: which of them is the day, the month and the year.

use jiff::civil::{Date, Weekday};

use super::clock::{Clock, touching};
use super::parse::{Order, Reading, make, year};
use super::token::{Kind, Token};

impl Reading<'_> {
    /// The date of two numbers with a sign between and a third after them; `at` is the place of the second.
    pub(super) fn numeric(&self, tokens: &[Token], at: usize, first: i64, second: i64, sign: char) -> Option<(Date, usize, Option<Clock>)> {
        if let Some(found) = self.nordic(tokens, at, first, second, sign) {
            return Some(found);
        }
        let same = tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Sign(sign));
        let Kind::Number(third, digits) = tokens.get(at + 2)?.kind else { return None };
        if !same || !matches!(sign, '.' | '-' | '/' | '|') || (digits == 2 && !touching(tokens, at + 2)) {
            return None;
        }
        if digits == 2 && is_written_from_the_year(self.language) && is_of_two_digits(tokens, at.checked_sub(2)?) {
            return make(year(first, 2)?, second, third).map(|date| (date, at + 3, None));
        }
        if digits == 2 && matches!(sign, '-' | '|') {
            return None;
        }
        let year = year(third, digits)?;
        let by_language = || sign == '.' || !month_comes_first(self.language);
        let day_first = match (first > 12, second > 12) {
            (true, _) => true,
            (_, true) => false,
            _ => order_by_weekday(tokens, at, [first, second], year)
                .or(self.order)
                .map_or_else(by_language, |order| order == Order::DayFirst),
        };
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        make(year, month, day).map(|date| (date, at + 3, None))
    }

    /// "4/7 2019" and "4/7-2019" of the Nordic countries.
    fn nordic(&self, tokens: &[Token], at: usize, day: i64, month: i64, sign: char) -> Option<(Date, usize, Option<Clock>)> {
        let primary = self.language.split(['-', '_']).next().unwrap_or("");
        if sign != '/' || !matches!(primary, "sv" | "da" | "nb" | "nn" | "no" | "fi") {
            return None;
        }
        let at_year = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Sign('-')));
        let Kind::Number(value, 4) = tokens.get(at_year)?.kind else { return None };
        make(year(value, 4)?, month, day).map(|date| (date, at_year + 1, None))
    }
}

/// American English and pages of unknown language write 12/31/2016; a region of another country says otherwise.
fn month_comes_first(language: &str) -> bool {
    matches!(language.to_ascii_lowercase().as_str(), "" | "en" | "en-us" | "en_us" | "en-ph")
}

/// Whether a language writes the year first, so that the first of three short numbers is one: "19.07.04".
fn is_written_from_the_year(language: &str) -> bool {
    matches!(language.split(['-', '_']).next(), Some("ko" | "ja" | "zh"))
}

fn is_of_two_digits(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at).map(|token| &token.kind), Some(Kind::Number(_, 2)))
}

/// The order in which a date falls on the day of the week beside it, if it does in one order only: "Wed, 07/04/2010". `at` is the place of the second number.
fn order_by_weekday(tokens: &[Token], at: usize, [first, second]: [i64; 2], year: i64) -> Option<Order> {
    let day_beside = |places: [Option<usize>; 2]| places.into_iter().flatten().find_map(|place| weekday(tokens, place));
    let weekday = day_beside([at.checked_sub(3), at.checked_sub(4)]).or_else(|| day_beside([Some(at + 3), Some(at + 4)]))?;
    let falls_on = |day: i64, month: i64| make(year, month, day).is_some_and(|date| date.weekday() == weekday);
    match (falls_on(first, second), falls_on(second, first)) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The day of the week that a word names in English: others write one order only.
fn weekday(tokens: &[Token], at: usize) -> Option<Weekday> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    /// "Thu", and "thurs".
    const SHORTEST: usize = 3;
    let Kind::Word(word) = &tokens.get(at)?.kind else { return None };
    let place = DAYS.iter().position(|day| word.len() >= SHORTEST && day.starts_with(word.as_str()))?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn three_numbers_are_read_as_their_language_and_their_weekday_say() {
        let check = |language: &str, text: &str, expected: Option<&str>| {
            let found = Reading::new(language, &TimeZone::UTC).read(text).map(|when| when.date().to_string());
            assert_eq!(found.as_deref(), expected, "{language} {text}");
        };
        check("en", "07/04/2010 - 12:34", Some("2010-07-04"));
        check("en", "Wed, 07/04/2010 - 12:34", Some("2010-04-07"));
        check("en", "07/04/2010, Sunday", Some("2010-07-04"));
        check("en-GB", "Sun 07/04/2010", Some("2010-07-04"));
        check("en", "Tue, 07/04/2010", Some("2010-07-04"));
        check("ko", "19.07.04 10:12", Some("2019-07-04"));
        check("ja", "19/07/04", Some("2019-07-04"));
        check("zh-CN", "19-07-04", Some("2019-07-04"));
        check("de", "19.07.04", Some("2004-07-19"));
        check("ko", "4/7/19", Some("2019-07-04"));
        check("zh-TW", "發布日期：108-07-04", Some("2019-07-04"));
        check("zh-TW", "108年7月4日", Some("2019-07-04"));
        check("zh-CN", "108-07-04", None);
        check("en", "108/07/04", None);
        check("sv", "4/7 2019", Some("2019-07-04"));
        check("da", "4/7-2019", Some("2019-07-04"));
        check("en", "4/7 2019", None);
    }

    #[test]
    fn numbers_of_issues_are_no_years_of_dates() {
        let check = |text: &str, expected: Option<&str>| {
            let found = Reading::new("de", &TimeZone::UTC).read(text).map(|when| when.date().to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("Nr. 123/2019 – 04.07.2019", Some("2019-07-04"));
        check("12/2019, 04.07.2019", Some("2019-07-04"));
        check("n. 27/2019 - 04/07/2019", Some("2019-07-04"));
        check("Jahrgang 2019, 04.07.2019", Some("2019-07-04"));
        check("/2019/07/04/2034-harbour", Some("2019-07-04"));
        check("2019-07-04", Some("2019-07-04"));
    }
}
