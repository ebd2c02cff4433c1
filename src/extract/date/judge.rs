//! Whether a date that stands on a page can be the day of its publication.

use jiff::Timestamp;
use jiff::civil::Date;

use super::find::Place;
use super::label_words::says_published;
use super::parse::Reading;
use super::{of_another, shown};
use crate::extract::json_ld::JsonLd;
use crate::model::When;

pub(super) const POSSIBLE: &str = "possible";
pub(super) const IN_FUTURE: &str = "in the future";

/// Nothing on the web that is read as news is older.
const FIRST_YEAR: i16 = 1995;
/// Clocks of servers and fetchers differ, and a zone may be missing.
const MAX_AHEAD_SECONDS: i64 = 14 * 3600;
/// A page with more events is a calendar, and some of them may be on the day on which it was made.
const MOST_EVENTS: usize = 2;

/// What is known of a page when its dates are judged.
pub(super) struct Judge<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) now: Option<Timestamp>,
    /// The days of what the page announces.
    pub(super) events: Vec<Date>,
}

impl Judge<'_> {
    /// The places with a possible date.
    pub(super) fn read<'p>(&self, places: &'p [Place]) -> Vec<(&'p Place, When)> {
        let judged = places.iter().map(|place| (place, self.of(place)));
        judged.filter(|(_, (verdict, _))| *verdict == POSSIBLE).filter_map(|(place, (_, when))| Some((place, when?))).collect()
    }

    /// What is to be thought of the date of a place, and the date.
    pub(super) fn of(&self, place: &Place) -> (&'static str, Option<When>) {
        let Some(when) = self.reading.read(&place.text) else { return ("no date in it", None) };
        let verdict = match () {
            () if when.date().year() < FIRST_YEAR => "older than the web",
            () if self.now.is_some_and(|now| when.at.as_second() > now.as_second() + MAX_AHEAD_SECONDS) => IN_FUTURE,
            () if is_shown(place) && self.events.contains(&when.date()) && !says_published(&place.text) => "the day of an event",
            () if place.origin == shown::VISIBLE && of_another::is_a_span(&place.text, &self.reading) => "from one day to another",
            () => POSSIBLE,
        };
        (verdict, Some(when))
    }
}

/// Whether a date is on show, and not declared for programs.
fn is_shown(place: &Place) -> bool {
    place.origin == shown::VISIBLE || place.origin == "time"
}

/// The first and last days of the events that a page announces.
pub(super) fn days_of_events(data: &JsonLd, reading: &Reading<'_>) -> Vec<Date> {
    // A match is written of on its day.
    let is_event = |kind: &str| kind.contains("Event") && !kind.contains("SportsEvent");
    let events: Vec<_> =
        data.own_nodes().filter(|node| node.get("@type").is_some_and(|kind| is_event(&kind.to_string()))).take(MOST_EVENTS + 1).collect();
    if events.len() > MOST_EVENTS {
        return Vec::new();
    }
    let days = events.iter().flat_map(|event| ["startDate", "endDate"].iter().filter_map(|key| event.get(*key)?.as_str()));
    days.filter_map(|text| Some(reading.read(text)?.date())).collect()
}
