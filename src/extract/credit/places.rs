//! What the names of elements say of a place: set apart for an author or a provider, or never about the text.

use scraper::node::Element;

use crate::html::noise;

/// What a place is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Who wrote it.
    Byline,
    /// Who provided it.
    Provider,
}

/// Words for where a text comes from.
const PROVIDER: [&str; 16] = [
    "source", "provider", "partner", "agency", "agence", "agentur", "agencia", "agenzia", "syndication", "syndicated", "syndicate", "quelle", "fuente",
    "fonte", "distributor", "republish",
];
/// Words for who wrote it.
const BYLINE: [&str; 10] = ["author", "authors", "byline", "autor", "autores", "writer", "autore", "auteur", "contributor", "reporter"];
/// Names of elements that credit pictures and data, or hold other texts.
const ELSEWHERE: [&str; 25] = [
    "caption", "photo", "image", "img", "picture", "gallery", "slideshow", "comment", "related", "recommend", "sidebar", "widget", "video", "media", "chart",
    "infographic", "newsletter", "share", "sharing", "social", "advert", "promo", "trending", "popular", "disclaimer",
];
/// Page builders wrap every text in something that they call a widget.
const BUILDER: [&str; 2] = ["elementor", "builder"];

/// What the place is for, by its class, id, `rel` and `itemprop`.
pub(super) fn slot_of(element: &Element) -> Option<Slot> {
    if matches!(element.name(), "body" | "html" | "main" | "article" | "img" | "source" | "link" | "meta") {
        return None;
    }
    let mut slot = (element.name() == "address").then_some(Slot::Byline);
    for names in [element.attr("class"), element.attr("id"), element.attr("itemprop"), element.attr("rel")].into_iter().flatten() {
        if has_word(names, is_of(&PROVIDER)) || names.contains("service-name") || names.contains("service_name") {
            return Some(Slot::Provider);
        }
        if slot.is_none() && has_word(names, is_of(&BYLINE)) {
            slot = Some(Slot::Byline);
        }
    }
    slot
}

fn is_of<'a>(known: &'a [&'a str]) -> impl Fn(&str) -> bool + 'a {
    |word| known.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Captions, tables, asides and comments credit pictures and data, not the text. A place set apart for a name is read even in an aside.
pub(super) fn is_left_out(element: &Element, inside: bool, has_slot: bool) -> bool {
    if noise::is_never_text(element) {
        return true;
    }
    match element.name() {
        "figure" | "figcaption" | "nav" | "noscript" | "code" | "pre" | "form" | "iframe" | "dialog" | "video" | "audio" => return true,
        "table" => return inside,
        "body" | "article" | "main" | "html" => return false,
        "aside" if !has_slot && !names_meta(element) => return true,
        "footer" if !names_article(element) => return true,
        _ => {}
    }
    [element.attr("class"), element.attr("id")].into_iter().flatten().any(is_elsewhere)
}

fn is_elsewhere(names: &str) -> bool {
    let begins = |word: &str, known: &str| word.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    let built = || BUILDER.iter().any(|builder| names.contains(builder));
    has_word(names, |word| ELSEWHERE.iter().any(|known| begins(word, known) && !(*known == "widget" && built())))
}

/// `aside.meta`: what stands beside the text and belongs to it.
fn names_meta(element: &Element) -> bool {
    element.attr("class").is_some_and(|names| has_word(names, is_of(&["meta", "info", "byline", "author", "article"])))
}

/// `footer.entry-footer`: the end of the article, not of the page.
fn names_article(element: &Element) -> bool {
    element.attr("class").is_some_and(|names| has_word(names, is_of(&["entry", "article", "post", "story"])))
}

/// Whether a word of a class or id passes a test: `imageCredits` and `image-credits` have two.
fn has_word(names: &str, test: impl Fn(&str) -> bool) -> bool {
    const LONGEST: usize = 400;
    if names.len() > LONGEST {
        return false;
    }
    let mut start = 0;
    let mut before_lower = false;
    for (at, byte) in names.bytes().enumerate() {
        let between = byte.is_ascii_whitespace() || matches!(byte, b'-' | b'_' | b':' | b'.');
        if between || byte.is_ascii_uppercase() && before_lower {
            if names.get(start..at).is_some_and(|word| !word.is_empty() && test(word)) {
                return true;
            }
            start = at + usize::from(between);
        }
        before_lower = byte.is_ascii_lowercase();
    }
    names.get(start..).is_some_and(|word| !word.is_empty() && test(word))
}
