//! What an element tells: its names, its value, the beginning of its text.

use scraper::ElementRef;

use crate::html::{Attribute as _, collapse};

/// A `<time>` is read up to so many pieces of text.
const MOST_PIECES_OF_TIME: usize = 8;
/// In characters: white space between the words of a date is often long.
const LONGEST_BEGINNING: usize = 400;

/// Parts of class names and ids of elements that show a date.
const DATED: &[&str] = &[
    "date",
    "time",
    "publish",
    "datum",
    "fecha",
    "posted",
    "byline",
    "author",
    "meta",
    "entry-info",
    "postinfo",
    "dateline",
    "submitted",
    "published",
];

/// Parts of the names of attributes that keep a time.
const OF_A_TIME: [&str; 5] = ["date", "time", "epoch", "stamp", "publish"];

/// The first pieces of an element's text. Unclosed elements hold all that follows, each of them again, so no more is read than a date may take.
pub(super) fn beginning(element: ElementRef<'_>, pieces: usize) -> String {
    collapse(&element.text().take(pieces).flat_map(str::chars).take(LONGEST_BEGINNING).collect::<String>())
}

/// The instant that an element gives in an attribute, else what it shows.
pub(super) fn value_of(element: ElementRef<'_>) -> String {
    let attribute = ["datetime", "content", "title"]
        .iter()
        .find_map(|name| element.attribute(name).filter(|value| value.bytes().any(|b| b.is_ascii_digit())));
    // Some page builders write `value` for the `content` of a `<meta>`.
    let of_meta = || element.attribute("value").filter(|_| element.value().name() == "meta");
    let attribute = attribute.or_else(of_meta).or_else(|| own_instant(element));
    attribute.map_or_else(|| beginning(element, MOST_PIECES_OF_TIME), str::to_owned)
}

/// The instant that an element gives in an attribute of its template's: `data-time="2016-12-09 09:13:00Z"`, `data-epoch="1481274780"`.
pub(super) fn own_instant(element: ElementRef<'_>) -> Option<&str> {
    let is_custom = element.value().name().contains('-');
    let may_be_own = |name: &str| is_custom || name.starts_with("data-");
    let of_time = |name: &str| OF_A_TIME.iter().any(|word| name.contains(word));
    let mut attributes = element.value().attrs().filter(|(name, _)| may_be_own(name));
    attributes.find(|(name, value)| is_instant(value) || of_time(name) && (is_epoch(value) || is_day(value))).map(|(_, value)| value)
}

/// Whether a value counts seconds or milliseconds since 1970.
fn is_epoch(value: &str) -> bool {
    matches!(value.len(), 10 | 13) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a value is a day: `2016-12-09`.
fn is_day(value: &str) -> bool {
    value.len() == 10 && value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).eq("0000-00-00".chars())
}

/// Whether a value is a day and a time: `2016-12-09 09:13:00Z`.
fn is_instant(value: &str) -> bool {
    // Most attributes keep something else.
    if !value.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let shape: String = value.chars().take(16).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    matches!(shape.as_str(), "0000-00-00T00:00" | "0000-00-00 00:00")
}

/// Its class and id, in small letters.
pub(super) fn names_of(element: ElementRef<'_>) -> String {
    format!("{} {}", element.attribute("class").unwrap_or(""), element.attribute("id").unwrap_or("")).to_ascii_lowercase()
}

/// Whether the names of an element or of those around it say that it shows a date.
pub(super) fn is_dated(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).take(2).chain([element]).any(|element| is_dated_itself(element))
}

/// Whether an element's own names say that it shows a date.
pub(super) fn is_dated_itself(element: ElementRef<'_>) -> bool {
    let names = names_of(element);
    DATED.iter().any(|word| names.contains(word))
}
