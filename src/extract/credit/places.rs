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
    "source",
    "provider",
    "partner",
    "agency",
    "agence",
    "agentur",
    "agencia",
    "agenzia",
    "syndication",
    "syndicated",
    "syndicate",
    "quelle",
    "fuente",
    "fonte",
    "distributor",
    "republish",
];
/// Words for who wrote it.
const BYLINE: [&str; 10] = ["author", "authors", "byline", "autor", "autores", "writer", "autore", "auteur", "contributor", "reporter"];
/// Names of elements that credit pictures and data, or hold other texts.
const ELSEWHERE: [&str; 25] = [
    "caption",
    "photo",
    "image",
    "img",
    "picture",
    "gallery",
    "slideshow",
    "comment",
    "related",
    "recommend",
    "sidebar",
    "widget",
    "video",
    "media",
    "chart",
    "infographic",
    "newsletter",
    "share",
    "sharing",
    "social",
    "advert",
    "promo",
    "trending",
    "popular",
    "disclaimer",
];
/// Page builders wrap every text in something that they call a widget.
const BUILDER: [&str; 2] = ["elementor", "builder"];

/// What the names of an element say, read once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// What it is for.
    pub(super) slot: Option<Slot>,
    elsewhere: bool,
}

/// What the class, id, `rel` and `itemprop` of an element say.
pub(super) fn read(element: &Element) -> Place {
    if matches!(element.name(), "body" | "html" | "main" | "article" | "img" | "source" | "link" | "meta" | "br") {
        return Place::default();
    }
    let mut place = Place { slot: (element.name() == "address").then_some(Slot::Byline), elsewhere: false };
    for (name, value) in element.attrs() {
        if !matches!(name, "class" | "id" | "itemprop" | "rel") {
            continue;
        }
        let builds = BUILDER.iter().any(|builder| value.contains(builder));
        for_each_word(value, |word| {
            let is = |known: &&str| known.eq_ignore_ascii_case(word);
            if PROVIDER.iter().any(is) {
                place.slot = Some(Slot::Provider);
            } else if place.slot.is_none() && BYLINE.iter().any(is) {
                place.slot = Some(Slot::Byline);
            }
            let begins = |known: &&str| word.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
            place.elsewhere |=
                matches!(name, "class" | "id") && ELSEWHERE.iter().any(|known| begins(known) && !(builds && *known == "widget"));
        });
        if value.contains("service-name") || value.contains("service_name") {
            place.slot = Some(Slot::Provider);
        }
    }
    place
}

/// Captions, tables, asides and comments credit pictures and data, not the text. A place set apart for a name is read even in an aside.
pub(super) fn is_left_out(element: &Element, place: Place, inside: bool) -> bool {
    if noise::is_never_text(element) {
        return true;
    }
    match element.name() {
        "figure" | "figcaption" | "nav" | "noscript" | "code" | "pre" | "form" | "iframe" | "dialog" | "video" | "audio" => true,
        "table" => inside,
        "body" | "article" | "main" | "html" => false,
        "aside" if place.slot.is_none() && !names_meta(element) => true,
        "footer" if !names_article(element) => true,
        _ => place.elsewhere,
    }
}

/// `aside.meta`: what stands beside the text and belongs to it.
fn names_meta(element: &Element) -> bool {
    has_word(element, &["meta", "info", "byline", "author", "article"])
}

/// `footer.entry-footer`: the end of the article, not of the page.
fn names_article(element: &Element) -> bool {
    has_word(element, &["entry", "article", "post", "story"])
}

fn has_word(element: &Element, known: &[&str]) -> bool {
    let mut found = false;
    for_each_word(element.attr("class").unwrap_or(""), |word| found |= known.iter().any(|known| known.eq_ignore_ascii_case(word)));
    found
}

/// The words of a class or id: `imageCredits` and `image-credits` have two.
fn for_each_word(names: &str, mut tell: impl FnMut(&str)) {
    const LONGEST: usize = 400;
    if names.len() > LONGEST {
        return;
    }
    let mut start = 0;
    let mut before_lower = false;
    for (at, byte) in names.bytes().enumerate() {
        let between = byte.is_ascii_whitespace() || matches!(byte, b'-' | b'_' | b':' | b'.');
        if between || byte.is_ascii_uppercase() && before_lower {
            names.get(start..at).into_iter().filter(|word| !word.is_empty()).for_each(&mut tell);
            start = at + usize::from(between);
        }
        before_lower = byte.is_ascii_lowercase();
    }
    names.get(start..).into_iter().filter(|word| !word.is_empty()).for_each(tell);
}
