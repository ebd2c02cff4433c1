//! Which of a page's dates are those of its article.

use serde_json::Value;

use super::find::{self, Place};
use super::parse::Reading;
use crate::extract::{Context, Rules};
use crate::html::Dom;
use crate::model::{Candidate, Extraction, Found, Note, Precision, When};

/// Nothing on the web that is read as news is older.
const FIRST_YEAR: i16 = 1995;
/// Clocks of servers and fetchers differ, and a zone may be missing.
const MAX_AHEAD_SECONDS: i64 = 14 * 3600;

/// Fills `published` and `modified`.
pub fn fill(dom: &Dom, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) {
    let found = extraction.article.language.as_ref().map(|found| found.value.clone());
    let language = found.or_else(|| dom.survey.lang.clone()).unwrap_or_default();
    let reading = Reading::new(&language, &context.zone).with_now(context.now);
    let mut places = gather(dom, rules);
    let mut dates = read(&places, &reading, context, extraction);
    if !dates.iter().any(|(place, _)| !place.modified && place.trust >= 60) {
        places.clear();
        find::visible(dom, &mut places);
        from_url(dom, &mut places);
        dates.extend(read(&places, &reading, context, extraction));
    }
    decide(&dates, context, extraction);
}

fn gather(dom: &Dom, rules: &Rules) -> Vec<Place> {
    let mut places = Vec::new();
    if let Some(rule) = &rules.date
        && let Some(element) = dom.html.select(rule.selector()).next()
    {
        let text = element.attr("datetime").or(element.attr("content")).map_or_else(|| crate::html::text_of(element), str::to_owned);
        places.push(Place { text, origin: format!("css {}", rule.as_str()), trust: 100, modified: false });
    }
    for text in &dom.survey.json_ld {
        match serde_json::from_str::<Value>(text) {
            Ok(value) => from_json(&value, &mut places),
            Err(_) => from_broken_json(text, &mut places),
        }
    }
    find::metas(dom, &mut places);
    find::marked(dom, &mut places);
    places
}

/// Walks JSON-LD; dates of articles are trusted more than those of other nodes, those of comments not at all.
fn from_json(root: &Value, places: &mut Vec<Place>) {
    let mut left = vec![root];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(values) => left.extend(values.iter().rev()),
            Value::Object(map) => {
                let kind = map.get("@type").map(ToString::to_string).unwrap_or_default();
                if kind.contains("Comment") || kind.contains("Review") || kind.contains("Event") {
                    continue;
                }
                let article = kind.contains("Article") || kind.contains("Posting") || kind.contains("Report");
                let trust = if article { 90 } else { 65 };
                for (key, modified) in [("datePublished", false), ("dateCreated", false), ("dateModified", true)] {
                    if let Some(text) = map.get(key).and_then(Value::as_str) {
                        let trust = trust - u8::from(key == "dateCreated");
                        places.push(Place { text: text.to_owned(), origin: format!("json-ld {key}"), trust, modified });
                    }
                }
                left.extend(map.iter().filter(|(key, _)| key.as_str() != "comment").map(|(_, value)| value));
            }
            _ => {}
        }
    }
}

/// JSON-LD with a stray comma or a raw line break still tells its dates.
fn from_broken_json(text: &str, places: &mut Vec<Place>) {
    for (key, modified) in [("\"datePublished\"", false), ("\"dateModified\"", true)] {
        let value = text.split(key).nth(1).and_then(|rest| rest.split('"').nth(1));
        if let Some(value) = value {
            places.push(Place { text: value.to_owned(), origin: format!("json-ld {}", key.trim_matches('"')), trust: 88, modified });
        }
    }
}

fn from_url(dom: &Dom, places: &mut Vec<Place>) {
    let url = dom.url.to_string();
    let path = url.split(['?', '#']).next().unwrap_or("");
    // An archived copy carries the original address after the time of archiving.
    let path = path.rsplit("//").next().unwrap_or("").split_once('/').map_or("", |(_, path)| path).to_owned();
    places.push(Place { text: path, origin: "url".into(), trust: 50, modified: false });
}

fn read(places: &[Place], reading: &Reading<'_>, context: &Context<'_>, extraction: &mut Extraction) -> Vec<(Summary, When)> {
    let mut dates = Vec::new();
    for place in places {
        let read = reading.read(&place.text);
        let verdict = match &read {
            None => "no date in it",
            Some(when) if when.date().year() < FIRST_YEAR => "older than the web",
            Some(when) if context.now.is_some_and(|now| when.at.as_second() > now.as_second() + MAX_AHEAD_SECONDS) => "in the future",
            Some(_) => "possible",
        };
        if verdict == "in the future" && place.trust >= 60 {
            extraction
                .notes
                .push(Note::new("date-in-future", format!("`{}` of {} lies in the future and is not used", place.text, place.origin)));
        }
        if context.explain {
            let (field, origin) = (if place.modified { "modified" } else { "published" }, crate::model::Origin::new(place.origin.clone()));
            extraction.candidates.push(Candidate {
                field: field.into(),
                value: place.text.chars().take(80).collect(),
                origin,
                verdict: verdict.into(),
            });
        }
        if let (Some(when), "possible") = (read, verdict) {
            dates.push((Summary { origin: place.origin.clone(), trust: place.trust, modified: place.modified }, when));
        }
    }
    dates
}

/// What is kept of a place whose date was read.
struct Summary {
    origin: String,
    trust: u8,
    modified: bool,
}

/// Below this a date is one of many in the page, and nothing says that it is the article's.
const LEAST_TRUST: u8 = 10;

fn decide(dates: &[(Summary, When)], context: &Context<'_>, extraction: &mut Extraction) {
    let best = |modified: bool| {
        dates
            .iter()
            .filter(|(place, _)| place.modified == modified && place.trust >= LEAST_TRUST)
            .rev()
            .max_by_key(|(place, _)| place.trust)
    };
    let listed = context.link.and_then(|link| link.date).map(|when| Found::new(when, "listing"));
    let published = best(false).map(|(place, when)| precise(dates, place, *when)).or(listed);
    let modified = best(true).map(|(place, when)| Found::new(*when, place.origin.clone()));
    // A page that tells only of its last change was not published later than that.
    let published = published.or_else(|| modified.clone());
    if published.is_none() {
        extraction.notes.push(Note::new("no-date", "the page shows no date of publication"));
    }
    let not_before = |change: &Found<When>| published.as_ref().is_none_or(|first| change.value.at >= first.value.at);
    extraction.article.modified = modified.filter(not_before);
    extraction.article.published = published;
}

/// Where the winner gives only a day (or midnight for one), a trusted time of the same day is the better answer.
fn precise(dates: &[(Summary, When)], place: &Summary, when: When) -> Found<When> {
    if when.precision == Precision::Day {
        let timed = |(other, date): &&(Summary, When)| {
            !other.modified && other.trust >= 40 && date.precision != Precision::Day && date.date() == when.date()
        };
        if let Some((other, date)) = dates.iter().filter(timed).max_by_key(|(other, _)| other.trust) {
            return Found::new(*date, other.origin.clone());
        }
    }
    Found::new(when, place.origin.clone())
}
