//! What a page says of its own dates: "Published: 3 May 2020", "Last updated on".

use super::find::Place;
use super::label_words::{self, says_modified, says_published};
use super::shown::{LONGEST_DATE, VISIBLE, may_be_date};
use crate::html::Dom;

/// "This page was last modified on 4 November 2020, at 19:23."
pub(super) const LONGEST_STATEMENT: usize = 90;
/// Just above a vague `<meta>` and a dated text beside the headline.
const STATED_TRUST: u8 = 56;

/// More than a date in a text somewhere, less than one beside the headline: it may be the day of what the text announces.
const TITLE_TRUST: u8 = 30;
/// What sets a date off from the headline after it.
const SEPARATORS: [&str; 5] = [" | ", " - ", " – ", ": ", " · "];

/// A page that states one date of publication, wherever it stands, means its own; of several, those at the side are of other articles.
pub(super) fn stated(places: &mut [Place]) {
    let is_statement = |place: &Place| {
        place.origin == VISIBLE && !place.modified && place.text.chars().count() <= LONGEST_STATEMENT && says_published(&place.text)
    };
    let mut texts: Vec<&str> = places.iter().filter(|place| is_statement(place)).map(|place| place.text.as_str()).collect();
    texts.sort_unstable();
    texts.dedup();
    if texts.len() == 1 {
        for place in places.iter_mut().filter(|place| is_statement(place)) {
            place.trust = place.trust.max(STATED_TRUST);
        }
    }
}

/// The date with which the window's title begins: "08.11.2021 | The ferry sails again".
pub(super) fn of_title(dom: &Dom) -> Option<Place> {
    let title = dom.survey.title.as_deref()?.trim_start();
    let (date, _) = SEPARATORS.iter().filter_map(|separator| title.split_once(separator)).min_by_key(|(front, _)| front.len())?;
    (date.len() <= LONGEST_DATE && date.starts_with(|c: char| c.is_ascii_digit()) && may_be_date(date)).then(|| Place {
        text: date.to_owned(),
        origin: "title".into(),
        trust: TITLE_TRUST,
        modified: false,
        beside: false,
    })
}

/// The parts of a line that tells both of publication and of a change, each with its label first, and whether it is of the change: "Published: 4
/// July 2024 |", "Updated: 6 July 2024". No part if the line tells of one thing only.
pub(super) fn parts(text: &str) -> Vec<(&str, bool)> {
    if text.chars().count() > LONGEST_STATEMENT * 2 || !says_modified(text) {
        return Vec::new();
    }
    let found = label_words::all(text);
    let ends = found.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let labelled = found.iter().zip(ends).filter_map(|((start, of_change), end)| Some((text.get(*start..end)?, *of_change)));
    // What stands before the first label is the publication's: "4 July 2024 (updated 6 July 2024)".
    let first = found.first().and_then(|(start, _)| text.get(..*start)).map(|text| (text, false));
    let parts: Vec<(&str, bool)> = first.into_iter().chain(labelled).filter(|(text, _)| may_be_date(text)).collect();
    let of_both = parts.iter().any(|(_, of_change)| *of_change) && parts.iter().any(|(_, of_change)| !of_change);
    if of_both { parts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_tell_of_publication_and_of_a_change() {
        let check = |text: &str, expected: &[(&str, bool)]| assert_eq!(parts(text), expected, "{text}");
        check("Published: 4 July 2024 | Updated: 6 July 2024", &[("Published: 4 July 2024 | ", false), ("Updated: 6 July 2024", true)]);
        check("Publié le 04/07/2024, mis à jour le 05/07/2024", &[("Publié le 04/07/2024, ", false), ("mis à jour le 05/07/2024", true)]);
        check(
            "Updated 6 July 2024 (first published 4 July 2024)",
            &[("Updated 6 July 2024 (", true), ("first published 4 July 2024)", false)],
        );
        check("4 July 2024 (updated 6 July 2024)", &[("4 July 2024 (", false), ("updated 6 July 2024)", true)]);
        check("Updated 6 July 2024", &[]);
        check("Published 6 July 2024", &[]);
        check("First published and updated 6 July 2024", &[]);
    }
}
