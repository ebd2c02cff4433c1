//! Words that class names, addresses and link texts use, and what a text looks like without knowing its language.

use jiff::tz::TimeZone;
use scraper::{ElementRef, Node};

use crate::extract::date;
use crate::html::is_block_element;

/// A longer text is a headline rather than a menu's entry.
const HEADLINE: usize = 25;

/// Longer texts are never words for "more" or codes, and hardly repeat.
const LONGEST_GENERIC: usize = 60;

/// A link that says only this does not say its title.
const GENERIC: [&str; 44] = [
    "read more",
    "more",
    "continue reading",
    "continue",
    "full story",
    "details",
    "view",
    "open",
    "pdf",
    "html",
    "download",
    "here",
    "link",
    "comments",
    "comment",
    "permalink",
    "share",
    "video",
    "photo",
    "read",
    "see more",
    "learn more",
    "weiterlesen",
    "mehr",
    "mehr lesen",
    "lire la suite",
    "lire plus",
    "leer más",
    "leer mas",
    "seguir leyendo",
    "ler mais",
    "leia mais",
    "leggi tutto",
    "continua",
    "lees meer",
    "läs mer",
    "les mer",
    "czytaj więcej",
    "читать далее",
    "далее",
    "подробнее",
    "続きを読む",
    "阅读全文",
    "더보기",
];

/// The text of an element as one line: a space where a new block or line begins, nothing of scripts.
pub(super) fn line_of(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    // One open element: only nodes whose opening is seen are asked for their name.
    let mut hidden: Option<ego_tree::NodeId> = None;
    for edge in element.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Element(inner) if hidden.is_none() => {
                    if matches!(inner.name(), "script" | "style" | "noscript" | "template" | "svg") {
                        hidden = Some(node.id());
                    } else if is_block_element(inner.name()) {
                        push_space(&mut out);
                    }
                }
                Node::Text(text) if hidden.is_none() => push_words(&mut out, text),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if hidden == Some(node.id()) {
                    hidden = None;
                } else if hidden.is_none() && node.value().as_element().is_some_and(|inner| is_block_element(inner.name())) {
                    push_space(&mut out);
                }
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

fn push_words(out: &mut String, text: &str) {
    if text.starts_with(char::is_whitespace) {
        push_space(out);
    }
    for word in text.split_whitespace() {
        out.push_str(word);
        out.push(' ');
    }
    if !text.ends_with(char::is_whitespace) && !text.is_empty() {
        out.pop();
    }
}

/// How much a text says, in Latin letters: scripts without spaces say as much in a third of the characters.
pub(super) fn weight(text: &str) -> usize {
    text.chars().map(|character| if u32::from(character) > 0x2e80 { 3 } else { 1 }).sum()
}

pub(super) fn is_long(text: &str) -> bool {
    weight(text) >= HEADLINE
}

/// Whether a text is so short that others may say the same but for their numbers.
pub(super) fn can_repeat(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_GENERIC
}

/// A text without its numbers: what "Opinion 6139 (PDF)" and "Opinion 6129 (PDF)" share.
pub(super) fn mask(text: &str) -> String {
    let mut out = String::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|')) {
        if !word.is_empty() && !word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic) {
            out.push_str(&word.to_lowercase());
            out.push(' ');
        }
    }
    out
}

/// Whether a text is a number, a code or a word for "more" rather than a title.
pub(super) fn is_generic(text: &str) -> bool {
    if text.len() > LONGEST_GENERIC {
        return false;
    }
    let bare: String = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    bare.is_empty()
        || GENERIC.contains(&bare.as_str())
        || is_code(&bare)
        || (bare.ends_with("comments") && bare.len() < 16)
        || [".pdf", ".doc", ".docx"].iter().any(|end| bare.ends_with(end) && !bare.contains(' '))
}

/// `23-6571-cr`, `s-23-122`, `25-1564-cv (L)`, `1,204`: more figures than letters.
fn is_code(bare: &str) -> bool {
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && (letters == 0 || digits >= letters && letters <= 4 && (!bare.contains(' ') || digits > 4))
}

/// A cheap sign of a date: a year.
pub(super) fn looks_dated(text: &str) -> bool {
    let year = |four: &[u8]| (four.starts_with(b"20") || four.starts_with(b"19")) && four.iter().all(u8::is_ascii_digit);
    text.len() < 200 && text.as_bytes().windows(4).any(year)
}

/// A short text that is a date and hardly anything else.
pub(super) fn is_only_date(text: &str) -> bool {
    const MOSTLY: f64 = 0.6;
    let found = || date::find_in_text(text, "", &TimeZone::UTC);
    text.len() < 40
        && text.bytes().any(|b| b.is_ascii_digit())
        && found().is_some_and(|(_, range)| range.len() as f64 > text.len() as f64 * MOSTLY)
}

/// Boxes of a listing page that repeat its entries or lead elsewhere.
pub(super) fn says_furniture(names: &str) -> bool {
    const WORDS: [&str; 19] = [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "footer",
        "sidebar",
        "widget",
        "share",
        "social",
        "pagination",
        "pager",
        "tagcloud",
        "comments",
        "blogroll",
        "cookie",
        "toolbar",
        "related",
    ];
    has_word(names, &WORDS)
}

/// Names that systems of many makers give to entries.
pub(super) fn says_item(names: &str) -> bool {
    const WORDS: [&str; 12] =
        ["entry", "post", "article", "story", "news", "teaser", "card", "item", "headline", "result", "summary", "hentry"];
    has_word(names, &WORDS)
}

fn has_word(names: &str, words: &[&str]) -> bool {
    names
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .any(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// Segments of the addresses of tags, sections, authors and accounts, as the common systems write them.
pub(super) fn is_topic_segment(segment: &str) -> bool {
    const WORDS: [&str; 26] = [
        "tag",
        "tags",
        "category",
        "categories",
        "author",
        "authors",
        "login",
        "signin",
        "register",
        "topic",
        "topics",
        "section",
        "user",
        "users",
        "profile",
        "search",
        "label",
        "archive",
        "archives",
        "account",
        "contact",
        "privacy",
        "members",
        "about",
        "feed",
        "page",
    ];
    WORDS.contains(&segment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_codes_and_words_for_more() {
        let check = |text: &str, expected: bool| assert_eq!(is_generic(text), expected, "{text}");
        check("Read more »", true);
        check("23-6571-cr", true);
        check("14.09.2015", true);
        check("A-24-22.pdf", true);
        check("Devblog 101", false);
        check("ど忘れ", false);
        check("2024: a year in review", false);
    }

    #[test]
    fn masks_leave_what_a_series_shares() {
        assert_eq!(mask("Download opinion 6139 as PDF"), mask("Download opinion 6129-A as PDF"));
        assert_ne!(mask("The ferry is late"), mask("The bridge is open"));
    }

    #[test]
    fn blocks_are_set_apart() {
        let html = scraper::Html::parse_fragment("<a>Harbour<br>Board<p>meets <b>to</b>day</p><script>x</script>");
        assert_eq!(line_of(html.root_element()), "Harbour Board meets today");
    }
}
