//! What a line that nothing marks says of who wrote: "By Ana Solano", "Text: Ana Solano", "Ana Solano | July 2, 2025".

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::leads;
use super::name::{self, Place};
use super::pieces::{is_small_word, names_after};
use super::wording::LEADS;

/// Signs that set a byline off: "| By", "— by".
const SIGNS: [char; 8] = ['|', '-', '–', '—', '•', '·', '*', '/'];
/// A line with name and date is short, and so is the date in it.
const LONGEST_DATED: usize = 100;
const LONGEST_DATE: usize = 30;
/// In bytes: a day, a section and what else stands before "by" in its line.
const LONGEST_BEFORE: usize = 60;
/// "By" and the name may stand in boxes of their own.
const LEVELS_OF_A_BYLINE: usize = 4;

/// "By Ana Solano" and "By" before an element with the name; for a short line only.
pub(super) fn opening(text: &str, node: NodeId, parent: ElementRef<'_>) -> Option<Vec<String>> {
    let lead = leads::is_lead(text);
    // A link "About" or "Autor" leads to a page, and no name follows it.
    if lead && parent.value().name() == "a" {
        return None;
    }
    let rest = leads::after_lead(text);
    if (lead || rest.is_some()) && is_amid_prose(node, parent) {
        return None;
    }
    if !lead && rest.is_none() && !leads::begins_with_date(text) && !text.to_lowercase().starts_with("posted") {
        return None;
    }
    let names = match rest {
        None if leads::begins_with_date(text) => leads::after_posted(text)
            .map(|rest| name::read(rest, Place::Marked))
            .filter(|names| names.iter().all(|name| name.starts_with(char::is_uppercase) || name.contains('_')))
            .unwrap_or_default(),
        Some(rest) if !rest.is_empty() => {
            let names = name::read(text, Place::Marked);
            // Prose begins so too: "By the lake, a house …".
            let single = rest.len() > 2 && !(rest.contains(' ') || is_small_word(rest) || says_author(text) && is_small(rest));
            let like_a_name =
                single || names.first().is_some_and(|name| name.contains(['_', '.']) || !name::read(name, Place::Plain).is_empty());
            names.into_iter().filter(|_| like_a_name).collect()
        }
        // The name may stand in the next element.
        _ => std::iter::once(parent)
            .chain(parent.ancestors().filter_map(ElementRef::wrap))
            .take(if lead { LEVELS_OF_A_BYLINE } else { 2 })
            .enumerate()
            // Further out, the name is this one's only where the box begins with the lead.
            .take_while(|(level, around)| {
                *level < 2 || around.text().find(|piece| !piece.trim().is_empty()).is_some_and(|first| first.contains(text))
            })
            .map(|(_, around)| around)
            .map(|around| names_after(around, node))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
    };
    let is_known = |name: &String| !leads::is_about(text) || name::is_persons(name);
    (!names.is_empty() && names.iter().all(is_known)).then_some(names)
}

/// Whether more text stands before a piece in its line than before a byline: "the keel was laid by".
fn is_amid_prose(node: NodeId, parent: ElementRef<'_>) -> bool {
    let before = parent.children().take_while(|child| child.id() != node).flat_map(|child| child.descendants());
    let length = before.fold(0, |length, node| match node.value() {
        Node::Text(text) => length + text.trim().len(),
        Node::Element(element) if element.name() == "br" => 0,
        _ => length,
    });
    length > LONGEST_BEFORE
}

/// Whether a colon stands between a name and a word for who wrote: "Text: Ana Solano".
pub(super) fn is_labelled(text: &str) -> bool {
    const ALONE: [&str; 8] = ["text", "tekst", "texte", "testo", "texto", "текст", "teksti", "redaktion"];
    let Some((label, _)) = text.split_once([':', '：']) else { return false };
    if leads::after_text_label(text).is_some() {
        return true;
    }
    let label = label.trim().to_lowercase();
    !label.contains(' ') && (LEADS.contains(&label.as_str()) || ALONE.contains(&label.as_str()))
}

/// "By Staff Writer": the task of whoever wrote.
pub(super) fn task(text: &str) -> Option<&str> {
    leads::after_lead(text).filter(|rest| !rest.is_empty() && name::is_task(rest))
}

/// "Autor kontaktieren": after a noun without a colon stands no name in small letters.
fn says_author(text: &str) -> bool {
    let first = text.split([' ', '\u{a0}']).next().unwrap_or("").to_lowercase();
    ["aut", "writer", "szerz"].iter().any(|noun| first.starts_with(noun)) && !first.ends_with(':')
}

fn is_small(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
}

/// The text after the signs that set it off.
pub(super) fn without_signs(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c))
}

/// "Ana Solano @ 10:30": who posted, and when.
pub(super) fn posted_at(text: &str) -> Option<&str> {
    let (name, time) = text.split_once(" @ ")?;
    let (hour, rest) = time.trim().split_once(':')?;
    let number = |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(hour) && rest.get(..2).is_some_and(number) && name.len() <= LONGEST_DATED).then_some(name)
}

/// Whether a line has a year in it, and parts.
pub(super) fn may_be_dated(text: &str) -> bool {
    text.len() <= LONGEST_DATED
        && text.bytes().filter(u8::is_ascii_digit).nth(3).is_some()
        && (text.contains(" - ") || text.contains(['|', '•', '·', '–', '—']))
}

/// "Ana Solano | Senior Writer | July 2, 2025": the name is one part of the line, the date another.
pub(super) fn is_dated(text: &str, name: &str) -> bool {
    let parts = || text.split(['|', '•', '·', '–', '—']).flat_map(|part| part.split(" - ")).map(str::trim);
    let year = |part: &str| part.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    text.len() <= LONGEST_DATED && parts().any(|part| part == name) && parts().any(|part| part.len() <= LONGEST_DATE && year(part))
}

/// Openings that say so clearly stand at the end of a text too.
pub(super) fn may_say_written_by(text: &str) -> bool {
    let text = without_signs(text);
    SURE_OPENINGS.iter().any(|lead| text.starts_with(lead))
}

/// What begins no sentence of a story.
const SURE_OPENINGS: [&str; 24] = [
    "Written by",
    "Posted by",
    "View all posts by",
    "All articles by",
    "All posts by",
    "Alle Artikel von",
    "Alle Beiträge von",
    "Author:",
    "By:",
    "Autor:",
    "Autorin:",
    "Autoren:",
    "Autore:",
    "Auteur",
    "Geschrieben von",
    "Verfasst von",
    "Text:",
    "Texto:",
    "Texte:",
    "Escrito por",
    "Scritto da",
    "Geschreven door",
    "Автор:",
    "Skrevet av",
];
