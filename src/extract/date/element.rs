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

/// The first pieces of an element's text. Unclosed elements hold all that follows, each of them again, so no more is read than a date may take.
pub(super) fn beginning(element: ElementRef<'_>, pieces: usize) -> String {
    collapse(&element.text().take(pieces).flat_map(str::chars).take(LONGEST_BEGINNING).collect::<String>())
}

/// The instant that an element gives in an attribute, else what it shows.
pub(super) fn value_of(element: ElementRef<'_>) -> String {
    let is_custom = element.value().name().contains('-');
    let may_be_own = |name: &str| is_custom || name.starts_with("data-");
    let attribute = ["datetime", "content", "title"]
        .iter()
        .find_map(|name| element.attribute(name).filter(|value| value.bytes().any(|b| b.is_ascii_digit())));
    let attribute =
        attribute.or_else(|| element.value().attrs().find(|(name, value)| may_be_own(name) && is_instant(value)).map(|(_, value)| value));
    attribute.map_or_else(|| beginning(element, MOST_PIECES_OF_TIME), str::to_owned)
}

/// Whether a value is a day and a time: `2016-12-09 09:13:00Z`.
fn is_instant(value: &str) -> bool {
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
