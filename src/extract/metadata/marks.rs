//! What an element's attributes say of authors: whose place it is, and how far it is to be trusted.

use std::sync::LazyLock;

use regex::Regex;
use scraper::node::Element;

use super::wording::{AUTHOR, BESIDE, NEVER, SIDE};

/// Microdata is written for programs.
const MICRODATA: i32 = 92;
/// So is `rel=author`, but author boxes of teasers have it too.
const REL_AUTHOR: i32 = 88;
/// A class such as `author-name`.
const NAME_CLASS: i32 = 86;
/// A class that is just `author` or `byline`.
const AUTHOR_CLASS: i32 = 80;
/// A class that mentions authors.
const ABOUT_AUTHORS: i32 = 70;
/// Longer classes are made by programs and name nothing.
const LONGEST_NAMES: usize = 400;
/// The attributes of an element that may speak of authors.
#[derive(Default)]
pub(super) struct Marks<'a> {
    itemprop: Option<&'a str>,
    itemtype: Option<&'a str>,
    property: Option<&'a str>,
    rel: Option<&'a str>,
}

impl<'a> Marks<'a> {
    /// Reads an element's attributes; class and id go, lower case, into a buffer that is used again, or nothing where they tell nothing.
    pub(super) fn of(element: &'a Element, names: &mut String) -> Self {
        names.clear();
        let mut marks = Self::default();
        for (name, value) in element.attrs() {
            match name {
                "class" | "id" if value.len() <= LONGEST_NAMES => {
                    names.push_str(value);
                    names.push(' ');
                }
                "itemprop" => marks.itemprop = Some(value),
                "itemtype" => marks.itemtype = Some(value),
                "property" => marks.property = Some(value),
                "rel" => marks.rel = Some(value),
                _ => {}
            }
        }
        names.make_ascii_lowercase();
        if !names.is_empty() && !tells_something(names) {
            names.clear();
        }
        marks
    }
}

/// Why a place names no author of this text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Never {
    /// What it is.
    Always,
    /// A box for other texts, by its name.
    Named,
}

pub(super) fn never(element: &Element, marks: &Marks<'_>, names: &str) -> Option<Never> {
    match element.name() {
        "script" | "style" | "head" | "nav" | "figcaption" | "svg" | "template" | "form" | "select" | "textarea" | "iframe" => {
            Some(Never::Always)
        }
        "html" | "body" | "main" => None,
        _ if is_answer(marks) => Some(Never::Always),
        _ if names.is_empty() => None,
        _ => {
            let named = |words: &[&str]| words.iter().any(|word| names.contains(word));
            let excepted = || ["byline", "comments-", "has-"].iter().any(|word| names.contains(word));
            match named(&NEVER) && !excepted() {
                true if named(&["teaser", "latest", "trending", "popular"]) && !named(&["comment", "related"]) => Some(Never::Named),
                true => Some(Never::Always),
                false => None,
            }
        }
    }
}

/// Whether microdata calls an element a comment, an answer, a customer's review or the publisher.
fn is_answer(marks: &Marks<'_>) -> bool {
    let property =
        |property: &str| matches!(property, "comment" | "suggestedAnswer" | "acceptedAnswer" | "publisher" | "review" | "reviews");
    let kind = |kind: &str| kind.ends_with("/Comment") || kind.ends_with("/Answer");
    marks.itemprop.is_some_and(property) || marks.itemtype.is_some_and(kind)
}

pub(super) fn is_aside(element: &Element, names: &str) -> bool {
    match element.name() {
        "aside" | "footer" => true,
        "html" | "body" | "main" | "article" => false,
        _ => !names.is_empty() && SIDE.iter().any(|word| names.contains(word)),
    }
}

/// What an element's markup and names say for it.
pub(super) fn mark(marks: &Marks<'_>, names: &str) -> Option<(i32, &'static str)> {
    let has =
        |value: Option<&str>, word: &str| value.is_some_and(|value| value.split_whitespace().any(|one| one.eq_ignore_ascii_case(word)));
    if has(marks.itemprop, "author") || has(marks.itemprop, "creator") || has(marks.property, "author") {
        return Some((MICRODATA, "itemprop author"));
    }
    if has(marks.rel, "author") {
        return Some((REL_AUTHOR, "rel author"));
    }
    if names.is_empty() {
        return None;
    }
    // `has-author` stands on the box of a teaser that shows one.
    let speaks = |word: &str| names.split_whitespace().any(|name| name.contains(word) && !name.contains("has-"));
    let word = AUTHOR.iter().find(|word| names.contains(**word) && speaks(word))?;
    if BESIDE.iter().any(|word| names.contains(word)) && !names.contains("name") {
        return Some((ABOUT_AUTHORS - 6, "class about authors"));
    }
    if names.contains("name") {
        return Some((NAME_CLASS, "class of an author's name"));
    }
    match names.split_whitespace().any(|name| name == *word || name.ends_with(word) && name.len() <= word.len() + 12) {
        true => Some((AUTHOR_CLASS, "class author")),
        false => Some((ABOUT_AUTHORS, "class about authors")),
    }
}

/// Whether class or id has any of the words that this module asks for: most have none, and one look is enough for them.
fn tells_something(names: &str) -> bool {
    static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let words: Vec<String> = NEVER.iter().chain(SIDE.iter()).chain(AUTHOR.iter()).map(|word| regex::escape(word)).collect();
        Regex::new(&words.join("|")).ok()
    });
    WORDS.as_ref().is_none_or(|words| words.is_match(names))
}
