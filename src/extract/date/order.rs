//! Whether the day or the month comes first in a page's numeric dates: by evidence, then by the region.

use super::find::Place;
use super::parse::{Order, Reading};
use crate::html::Dom;

/// Countries that write English with the day first, by the last part of their hosts.
const DAY_FIRST_HOSTS: [&str; 14] = ["uk", "au", "nz", "ie", "in", "za", "sg", "my", "ng", "ke", "pk", "mt", "gh", "zw"];

/// The page's language; "English" without a region takes the region of the locale or the host, which tells the order of day and month.
pub(super) fn language(dom: &Dom, found: Option<&str>) -> String {
    let language = found.or(dom.survey.lang.as_deref()).unwrap_or_default();
    if !language.eq_ignore_ascii_case("en") {
        return language.to_owned();
    }
    if let Some(locale) = dom.survey.meta("og:locale").filter(|locale| locale.to_ascii_lowercase().starts_with("en_")) {
        return locale.replace('_', "-");
    }
    let host = dom.url.host().rsplit('.').next().unwrap_or("").to_owned();
    let by_path = dom
        .url
        .path()
        .split('/')
        .any(|segment| matches!(segment.to_ascii_lowercase().as_str(), "en-gb" | "en_gb" | "en-au" | "en-in" | "uk" | "au"));
    if by_path || DAY_FIRST_HOSTS.contains(&host.as_str()) { "en-GB".to_owned() } else { language.to_owned() }
}

/// The order that a page's dates prove: a number over 12, a numeric date that is the day of another date only in one order, or dates in words.
pub(super) fn evidence(places: &[Place], reading: &Reading<'_>) -> Option<Order> {
    let short = || places.iter().map(|place| place.text.as_str()).filter(|text| text.len() <= LONGEST);
    if !short().any(is_numeric) {
        return None;
    }
    let proved = Order::proved_by(short());
    if proved.is_some() {
        return proved;
    }
    let day_first = reading.clone().with_order(Some(Order::DayFirst));
    let month_first = reading.clone().with_order(Some(Order::MonthFirst));
    let both = short().filter_map(|text| Some((day_first.read(text)?.date(), month_first.read(text)?.date())));
    let (sure, unsure): (Vec<_>, Vec<_>) = both.partition(|(one, other)| one == other);
    if unsure.is_empty() {
        return None;
    }
    let agrees = |day: &jiff::civil::Date| sure.iter().any(|(known, _)| known == day);
    match (unsure.iter().any(|(day, _)| agrees(day)), unsure.iter().any(|(_, day)| agrees(day))) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => worded(places),
    }
}

/// A longer text is prose.
const LONGEST: usize = 120;

/// Whether a text may hold a date of three numbers.
fn is_numeric(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).filter(|pair| matches!(pair, [before, b'/' | b'-' | b'.'] if before.is_ascii_digit())).count() >= 2
}

/// In words, "3 October 2023" is of those who write 3/10/2023, and "October 3, 2023" of the others.
fn worded(places: &[Place]) -> Option<Order> {
    let mut found = None;
    for place in places {
        let words: Vec<&str> = place.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        for pair in words.windows(3) {
            let [first, second, third] = pair else { continue };
            let is_day = |word: &str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
            let is_month = |word: &str| super::names_a_month(&word.to_lowercase());
            let is_year = third.len() == 4 && third.bytes().all(|byte| byte.is_ascii_digit());
            let order = match (is_day(first) && is_month(second), is_month(first) && is_day(second)) {
                (true, false) if is_year => Order::DayFirst,
                (false, true) if is_year => Order::MonthFirst,
                _ => continue,
            };
            if found.replace(order).is_some_and(|before| before != order) {
                return None;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn the_rest_of_the_page_tells_the_order() {
        let check = |texts: &[&str], expected: Option<Order>| {
            let place = |text: &&str| Place { text: (*text).to_owned(), origin: String::new(), trust: 50, modified: false, beside: false };
            let places: Vec<Place> = texts.iter().map(place).collect();
            let zone = TimeZone::UTC;
            assert_eq!(evidence(&places, &Reading::new("en", &zone)), expected, "{texts:?}");
        };
        check(&["03/10/2023"], None);
        check(&["03/10/2023", "31/12/2022"], Some(Order::DayFirst));
        check(&["03/10/2023", "2023-10-03"], Some(Order::DayFirst));
        check(&["03/10/2023", "2023-03-10"], Some(Order::MonthFirst));
        check(&["03/10/2023", "5 January 2023"], Some(Order::DayFirst));
        check(&["03/10/2023", "January 5, 2023"], Some(Order::MonthFirst));
    }
}
