//! Which of a page's dates are those of its article.

use ego_tree::NodeId;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::find::{self, Place};
use super::judge::{self, IN_FUTURE, Judge, POSSIBLE};
use super::listed::Lists;
use super::parse::Reading;
use super::shown::STATEMENT_TRUST;
use super::{data, line, local, opening, order, shown, statement, zones};
use crate::extract::json_ld::{JsonLd, is_elsewhere};
use crate::extract::{Context, Rules};
use crate::html::{Attribute as _, Dom, headline_of, letters};
use crate::model::{Candidate, Extraction, Found, Note, Precision, When, Zone};

/// From this on a place says by its markup that its date is the article's.
const TRUSTED: u8 = 60;
/// From this on a text beside the headline is hardly anything but the article's date.
const LEAST_SHOWN: u8 = 52;
/// Less is a date in prose.
const LEAST_SHOWN_ANYWHERE: u8 = 40;
/// "Published on Wednesday, 17 September 2025 at 10:30".
const LONGEST_SHOWN: usize = 52;
/// An address is seldom wrong, and never exact.
const URL_TRUST: u8 = 50;
/// Zones and late edits explain a day or two.
const DAYS_APART: i64 = 2;
/// Types (schema.org) of what a page may show or tell of: its day is the page's only where nothing else is told.
const OF_A_WORK: [&str; 9] =
    ["VideoObject", "ImageObject", "AudioObject", "Book", "Movie", "MusicRecording", "Organization", "Person", "WebSite"];
/// What a node tells of its dates, and whether that is of a change.
const DATES: [(&str, bool); 4] = [("datePublished", false), ("dateCreated", false), ("dateModified", true), ("uploadDate", false)];
/// Less than any date beside the headline.
const WORK_TRUST: u8 = 50;
/// Fills `published` and `modified`. `heading` is the headline's element.
pub fn fill(dom: &Dom, json_ld: &JsonLd, heading: Option<NodeId>, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) {
    let language = order::language(dom, extraction.article.language.as_ref().map(|found| found.value.as_str()));
    let lists = Lists::new(dom, heading);
    let title = extraction.article.title.as_ref().map_or("", |title| title.value.as_str());
    let mut places = gather(dom, json_ld, title, heading, &lists, rules);
    shown::around_headline(dom, heading, &lists, &mut places);
    from_url(dom, &mut places);
    // A zone that is configured is better than what the language tells.
    let zone = Some(&context.zone).filter(|zone| **zone != TimeZone::UTC).cloned().or_else(|| zones::zone_of(dom.url.host(), &language));
    let zone = zone.unwrap_or(TimeZone::UTC);
    let plain = Reading::new(&language, &zone).with_now(context.now);
    let events = judge::days_of_events(json_ld, &plain);
    let with_order = |places: &[Place]| plain.clone().with_order(order::evidence(places, &plain));
    let mut judge = Judge { reading: with_order(&places), now: context.now, events };
    let mut dates = judge.read(&places);
    if !dates.iter().any(|(place, _)| !place.modified && place.trust >= TRUSTED) {
        shown::visible(dom, heading, &lists, &mut places);
        changes_serve(&mut places);
        opening::posts(dom, &mut places);
        statement::stated(&mut places);
        places.extend(statement::of_title(dom));
        if !judge.read(&places).iter().any(|(place, _)| !place.modified && place.trust >= LEAST_SHOWN_ANYWHERE) {
            places.extend(data::of_page(dom, title));
        }
        judge.reading = with_order(&places);
        dates = judge.read(&places);
    }
    decide(&dates, &judge.reading, &language, context, extraction);
    tell(&places, &judge, context, extraction);
}

/// Where nothing is trusted, a `<time>` of a change is a better date than one in prose: the text was there by then.
fn changes_serve(places: &mut Vec<Place>) {
    let changes = places.iter().filter(|place| place.modified && place.origin == "time");
    let serving: Vec<Place> = changes.map(|place| Place { modified: false, trust: STATEMENT_TRUST, ..place.clone() }).collect();
    places.extend(serving);
}

fn gather(dom: &Dom, data: &JsonLd, title: &str, heading: Option<NodeId>, lists: &Lists<'_>, rules: &Rules) -> Vec<Place> {
    let mut places = Vec::new();
    if let Some(rule) = &rules.date
        && let Some(element) = dom.html.select(rule.selector()).next()
    {
        let text =
            element.attribute("datetime").or(element.attribute("content")).map_or_else(|| crate::html::text_of(element), str::to_owned);
        places.push(Place { text, origin: format!("css {}", rule.as_str()), trust: 100, modified: false, beside: false });
    }
    for node in data.own_nodes().filter(|node| !is_of_another(node, dom, title)) {
        from_node(node, &mut places);
    }
    if data.nodes().is_empty() {
        dom.survey.json_ld.iter().for_each(|text| from_broken_json(text, &mut places));
    }
    find::metas(dom, &mut places);
    find::marked(dom, heading, lists, &mut places);
    places
}

/// Whether a node is of an article with another address and another headline than the page's.
fn is_of_another(node: &Map<String, Value>, dom: &Dom, title: &str) -> bool {
    // Most nodes tell no date at all.
    if !DATES.iter().any(|(key, _)| node.contains_key(*key)) {
        return false;
    }
    let title = letters(title);
    // Data may keep marks of HTML, another end or an older word.
    let alike = |headline: &str| headline.chars().zip(title.chars()).take_while(|(one, other)| one == other).count() * 3;
    let tells = |headline: &str| {
        title.contains(headline) || headline.contains(&title) || alike(headline) >= headline.chars().count().min(title.chars().count())
    };
    headline_of(node).is_some_and(|headline| !tells(&headline)) && is_elsewhere(node, dom)
}

/// Dates of articles are trusted more than those of other nodes, those of comments not at all.
fn from_node(node: &Map<String, Value>, places: &mut Vec<Place>) {
    let kind = node.get("@type").map(ToString::to_string).unwrap_or_default();
    if find::OTHER_THINGS.iter().any(|other| kind.contains(other)) {
        return;
    }
    let article = kind.contains("Article") || kind.contains("Posting") || kind.contains("Report");
    let trust = match () {
        () if article => 90,
        () if OF_A_WORK.iter().any(|work| kind.contains(work)) => WORK_TRUST,
        () => 65,
    };
    for (key, modified) in DATES.into_iter().filter(|(key, _)| !article || *key != "uploadDate") {
        if let Some(text) = node.get(key).and_then(text_of) {
            let trust = trust - u8::from(key == "dateCreated" || key == "uploadDate");
            places.push(Place { text: text.to_owned(), origin: format!("json-ld {key}"), trust, modified, beside: false });
        }
    }
}

/// A text, also as the first of a list or as a typed value.
fn text_of(value: &Value) -> Option<&str> {
    let value = value.as_array().map_or(Some(value), |list| list.first())?;
    value.as_str().or_else(|| value.get("@value")?.as_str())
}

/// JSON-LD with a stray comma or a raw line break still tells its dates.
fn from_broken_json(text: &str, places: &mut Vec<Place>) {
    for (key, modified) in [("\"datePublished\"", false), ("\"dateModified\"", true)] {
        let value = text.split(key).nth(1).and_then(|rest| rest.split('"').nth(1));
        if let Some(value) = value {
            places.push(Place {
                text: value.to_owned(),
                origin: format!("json-ld {}", key.trim_matches('"')),
                trust: 88,
                modified,
                beside: false,
            });
        }
    }
}

fn from_url(dom: &Dom, places: &mut Vec<Place>) {
    let url = dom.url.to_string();
    let path = url.split(['?', '#']).next().unwrap_or("");
    // An archived copy carries the original address after the time of archiving, with or without its scheme.
    let path = path.rsplit("//").next().unwrap_or("").split_once('/').map_or("", |(_, path)| path);
    let stamped = |segment: &str| segment.len() >= 14 && segment.bytes().take(14).all(|byte| byte.is_ascii_digit());
    let path = match path.split('/').position(stamped) {
        Some(stamp) => path.split('/').skip(stamp + 1).collect::<Vec<_>>().join("/"),
        None => path.to_owned(),
    };
    // "v10.11.12" is a version; "t20240704" is a date.
    let path = path.split('/').filter(|segment| !is_version(segment)).collect::<Vec<_>>().join("/");
    places.push(Place { text: path, origin: "url".into(), trust: URL_TRUST, modified: false, beside: false });
}

/// Whether a segment of a path is letters and then a small number.
fn is_version(segment: &str) -> bool {
    let rest = segment.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest.len() < segment.len() && (1..=2).contains(&digits) && rest.get(digits..).is_some_and(|rest| rest.starts_with('.'))
}

/// Notes dates in the future that the page declares, and keeps all places where asked for.
fn tell(places: &[Place], judge: &Judge<'_>, context: &Context<'_>, extraction: &mut Extraction) {
    for place in places.iter().filter(|place| context.explain || context.now.is_some() && place.trust >= TRUSTED) {
        let (verdict, _) = judge.of(place);
        if verdict == IN_FUTURE && place.trust >= TRUSTED {
            let text = format!("`{}` of {} lies in the future and is not used", place.text, place.origin);
            extraction.notes.push(Note::new("date-in-future", text));
        }
        if context.explain {
            let winner = if place.modified { &extraction.article.modified } else { &extraction.article.published };
            let won = verdict == POSSIBLE && winner.as_ref().is_some_and(|found| found.origin.0 == place.origin);
            let verdict = if won { "won" } else { verdict };
            extraction.candidates.push(Candidate {
                field: if place.modified { "modified" } else { "published" }.into(),
                value: place.text.chars().take(80).collect(),
                origin: crate::model::Origin::new(place.origin.clone()),
                verdict: verdict.into(),
            });
        }
    }
}

/// Below this a date is one of many in the page, and nothing says that it is the article's.
const LEAST_TRUST: u8 = 10;

fn decide(dates: &[(&Place, When)], reading: &Reading<'_>, language: &str, context: &Context<'_>, extraction: &mut Extraction) {
    let best = |modified: bool| {
        dates
            .iter()
            .filter(|(place, _)| place.modified == modified && place.trust >= LEAST_TRUST)
            .rev()
            .max_by_key(|(place, _)| place.trust)
    };
    let listed = context.link.and_then(|link| link.date).map(|when| Found::new(when, "listing"));
    let modified = best(true).map(|(place, when)| Found::new(*when, place.origin.clone()));
    let published = best(false).map(|(place, when)| {
        // Most pages show no earlier date, and only the texts of the others are looked at closely.
        let may_be_earlier = !place.beside && dates.iter().any(|(beside, shown)| beside.beside && is_earlier(shown, when));
        let mut beside = dates.iter().filter(|(beside, _)| may_be_earlier && beside.beside && is_short_and_shown(beside));
        let better = beside.find(|(beside, _)| line::is_only_a_date(&beside.text, reading)).filter(|(_, shown)| is_earlier(shown, when));
        let (place, when) = better.map_or((place, when), |(place, when)| (place, when));
        let found = precise(dates, place, *when);
        // A dateline may name the day for which a release was meant, and a change has a time of its own; the site's clock they do not tell.
        let tells = |place: &Place, when: &When| place.origin != opening::DATELINE && !(place.modified && when.zone == Zone::Assumed);
        let clocks = dates.iter().filter(|(place, when)| tells(place, when)).map(|(_, when)| when);
        Found::new(local::localise(found.value, language, clocks), found.origin.0)
    });
    // A page that tells only of its last change was not published later than that.
    let published = published.or(listed).or_else(|| modified.clone());
    if published.is_none() {
        extraction.notes.push(Note::new("no-date", "the page shows no date of publication"));
    }
    let not_before = |change: &Found<When>| published.as_ref().is_none_or(|first| change.value.at >= first.value.at);
    extraction.article.modified = modified.filter(not_before);
    extraction.article.published = published;
}

/// A short text beside the headline that does not say that its date is of a change.
fn is_short_and_shown(place: &Place) -> bool {
    !place.modified && (LEAST_SHOWN..TRUSTED).contains(&place.trust) && place.text.chars().count() <= LONGEST_SHOWN
}

/// Whether a date beside the headline lies days before the declared one: systems stamp articles anew that they move or touch, and nothing is shown
/// as published before it was.
fn is_earlier(shown: &When, declared: &When) -> bool {
    declared.at.as_second() - shown.at.as_second() > DAYS_APART * 86_400
}

/// Where the winner gives only a day (or midnight for one), a trusted time of the same day is the better answer.
fn precise(dates: &[(&Place, When)], place: &Place, when: When) -> Found<When> {
    if when.precision == Precision::Day {
        let timed = |(other, date): &&(&Place, When)| {
            !other.modified && other.trust >= 40 && date.precision != Precision::Day && date.date() == when.date()
        };
        if let Some((other, date)) = dates.iter().filter(timed).max_by_key(|(other, _)| other.trust) {
            return Found::new(*date, other.origin.clone());
        }
    }
    Found::new(when, place.origin.clone())
}
