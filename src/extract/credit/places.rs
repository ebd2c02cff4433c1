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
        for word in words(names) {
            if PROVIDER.contains(&word.as_str()) {
                return Some(Slot::Provider);
            }
            if BYLINE.contains(&word.as_str()) {
                slot = Some(Slot::Byline);
            }
        }
        if names.contains("service-name") || names.contains("service_name") {
            return Some(Slot::Provider);
        }
    }
    slot
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
    let built = BUILDER.iter().any(|builder| names.contains(builder));
    words(names).any(|word| ELSEWHERE.iter().any(|known| word.starts_with(known) && !(built && *known == "widget")))
}

/// `aside.meta`: what stands beside the text and belongs to it.
fn names_meta(element: &Element) -> bool {
    element.attr("class").is_some_and(|names| words(names).any(|word| matches!(word.as_str(), "meta" | "info" | "byline" | "author" | "article")))
}

/// `footer.entry-footer`: the end of the article, not of the page.
fn names_article(element: &Element) -> bool {
    element.attr("class").is_some_and(|names| words(names).any(|word| matches!(word.as_str(), "entry" | "article" | "post" | "story")))
}

/// The words of a class or id: `imageCredits` and `image-credits` are two.
fn words(names: &str) -> impl Iterator<Item = String> + '_ {
    const LONGEST: usize = 400;
    let names = if names.len() > LONGEST { "" } else { names };
    names.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | ':' | '.')).flat_map(humps)
}

fn humps(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before_lower = false;
    for character in name.chars() {
        match words.last_mut() {
            Some(word) if !(character.is_ascii_uppercase() && before_lower) => word.push(character.to_ascii_lowercase()),
            _ => words.push(character.to_ascii_lowercase().to_string()),
        }
        before_lower = character.is_ascii_lowercase();
    }
    words
}
