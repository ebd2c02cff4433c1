//! The date that stands only in the data of a page's scripts, which build the page from them.

use serde_json::{Map, Value};

use super::find::Place;
use crate::html::{Dom, headline_of, is_headline, letters, page_data};

/// Deeper data are looked at no further, and not more values than this.
const DEEPEST: usize = 40;
const MOST_VALUES: usize = 200_000;
/// It is asked only of pages that show and declare nothing, so that it stands over nothing but dates in prose.
const DATA_TRUST: u8 = 51;
/// What an object was made on is the day of publication only where nothing is said of that.
const MADE_TRUST: u8 = 46;
/// Parts of the names of what tells of publication, in the letters of the name: `firstPublishedAt`, `pub_date`.
const PUBLISHED: [&str; 7] = ["publish", "publication", "pubdate", "pubtime", "posted", "displaydate", "issuedate"];
/// Parts of the names of what tells of another day, or of none.
const OTHERWISE: [&str; 8] = ["republish", "unpublish", "expire", "until", "end", "update", "modif", "last"];
/// Names of what tells when an object was made.
const MADE: [&str; 7] = ["date", "created", "createdat", "createddate", "createdon", "datecreated", "creationdate"];

/// The dates that the objects with the page's headline tell.
pub(super) fn of_page(dom: &Dom, title: &str) -> Vec<Place> {
    let title = letters(title);
    let mut places = Vec::new();
    for value in page_data(dom) {
        search(&value, &title, &mut places);
    }
    places
}

fn search(value: &Value, title: &str, places: &mut Vec<Place>) {
    let mut open = vec![(value, 0_usize)];
    for _ in 0..MOST_VALUES {
        let Some((value, depth)) = open.pop() else { return };
        let within: Vec<&Value> = match value {
            _ if depth > DEEPEST => continue,
            Value::Object(node) => {
                if headline_of(node).is_some_and(|headline| is_headline(&headline, title)) {
                    places.extend(dates(node));
                }
                node.values().collect()
            }
            Value::Array(values) => values.iter().collect(),
            _ => continue,
        };
        open.extend(within.into_iter().map(|value| (value, depth + 1)));
    }
}

/// What an object says of its own dates.
fn dates(node: &Map<String, Value>) -> impl Iterator<Item = Place> {
    node.iter().filter_map(|(key, value)| {
        let text = match value {
            Value::String(text) => text.clone(),
            // Seconds or milliseconds since 1970.
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let trust = trust_of(&letters(key))?;
        Some(Place { text, origin: format!("data {key}"), trust, modified: false, beside: false })
    })
}

/// How far the value of this name is to be trusted; `None` if it tells of nothing that was published.
fn trust_of(name: &str) -> Option<u8> {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match () {
        () if has(&OTHERWISE) => None,
        () if has(&PUBLISHED) => Some(DATA_TRUST),
        () if MADE.contains(&name) => Some(MADE_TRUST),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn the_object_with_the_pages_headline_tells_its_date() {
        let check = |data: &str, expected: &[(&str, u8)]| {
            let page = format!("<script id=__NEXT_DATA__ type=application/json>{data}</script>");
            let dom = crate::html::parse(&page, &Url::parse("https://harrowmere.example/mill").unwrap());
            let places = of_page(&dom, "The mill grinds again");
            assert_eq!(places.iter().map(|place| (place.text.as_str(), place.trust)).collect::<Vec<_>>(), expected, "{data}");
        };
        check(r#"{"post":{"title":"The mill grinds again","publishedAt":"2026-05-01T08:00:00Z"}}"#, &[("2026-05-01T08:00:00Z", 51)]);
        check(r#"{"a":[{"headline":"The mill grinds again","pub_date":"2026.05.01 08:00"}]}"#, &[("2026.05.01 08:00", 51)]);
        check(r#"{"title":"The mill grinds again","created":1777622400,"updated":1777622500}"#, &[("1777622400", 46)]);
        check(r#"{"title":"The mill grinds again","unpublishDate":"2027-05-01","lastPublished":"2026-06-01","published":true}"#, &[]);
        check(r#"{"title":"The bridge is closed","publishedAt":"2026-05-01T08:00:00Z"}"#, &[]);
        check(&format!("{{\"a\":{}1{}}}", "[".repeat(120), "]".repeat(120)), &[]);
    }
}
