//! What the names of elements say of a place: set apart for an author or a provider, or never about the text.

use std::sync::LazyLock;

use scraper::node::Element;

use crate::html::{Attribute as _, Lexicon, noise};

/// What a place is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Who wrote it.
    Byline,
    /// Who provided it.
    Provider,
}

/// The words of names, by what they say.
const WORDS: [&str; 6] = [
    // Where a text comes from.
    "source provider partner agency agence agentur agencia agenzia syndication syndicated syndicate quelle fuente fonte distributor republish",
    // Who wrote it.
    "author authors byline autor autores writer autore auteur contributor reporter",
    // Elements that credit pictures and data, or hold other texts.
    "caption* photo* image* img* picture* gallery* slideshow* comment* related* recommend* sidebar* video* media* chart* infographic* newsletter* share* sharing* social* advert* promo* trending* popular* disclaimer*",
    // The same, but page builders wrap every text in something that they call so.
    "widget*",
    // What stands beside the text and belongs to it.
    "meta info byline author article",
    // The end of the article, not of the page.
    "entry article post story",
];
const PROVIDER: u64 = 1;
const BYLINE: u64 = 1 << 1;
const ELSEWHERE: u64 = 1 << 2;
const WIDGET: u64 = 1 << 3;
const META: u64 = 1 << 4;
const ENTRY: u64 = 1 << 5;
static NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&WORDS));
/// Names of page builders.
const BUILDER: [&str; 2] = ["elementor", "builder"];

/// What the names of an element say, read once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// What it is for.
    pub(super) slot: Option<Slot>,
    elsewhere: bool,
}

/// The names read last, and the lists that hold their words: the paragraphs of a text, or the items of a list, all have the same.
#[derive(Debug, Default)]
pub(super) struct Recent<'a> {
    names: [(&'a str, u64); RECENT],
    next: usize,
}

/// A paragraph, a link in it, and what stands around them.
const RECENT: usize = 4;

impl<'a> Recent<'a> {
    fn lists(&mut self, names: &'a str) -> u64 {
        if let Some((_, lists)) = self.names.iter().find(|(known, _)| *known == names) {
            return *lists;
        }
        let lists = NAMES.lists(names);
        if let Some(oldest) = self.names.get_mut(self.next) {
            *oldest = (names, lists);
        }
        self.next = (self.next + 1) % RECENT;
        lists
    }
}

/// What the class, id, `rel` and `itemprop` of an element say.
pub(super) fn read<'a>(element: &'a Element, recent: &mut Recent<'a>) -> Place {
    let mut place = match element.name() {
        "body" | "html" | "main" | "article" | "img" | "source" | "link" | "meta" | "br" => return Place::default(),
        "address" => Place { slot: Some(Slot::Byline), elsewhere: false },
        _ => Place::default(),
    };
    for (name, value) in element.attrs() {
        if !matches!(name, "class" | "id" | "itemprop" | "rel") {
            continue;
        }
        let lists = if name == "class" { recent.lists(value) } else { NAMES.lists(value) };
        if lists & PROVIDER != 0 {
            place.slot = Some(Slot::Provider);
        } else if lists & BYLINE != 0 {
            place.slot = place.slot.or(Some(Slot::Byline));
        }
        let is_widget = lists & WIDGET != 0 && !BUILDER.iter().any(|builder| value.contains(builder));
        place.elsewhere |= matches!(name, "class" | "id") && (lists & ELSEWHERE != 0 || is_widget);
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
    NAMES.lists(element.attribute("class").unwrap_or("")) & META != 0
}

/// `footer.entry-footer`: the end of the article, not of the page.
fn names_article(element: &Element) -> bool {
    NAMES.lists(element.attribute("class").unwrap_or("")) & ENTRY != 0
}
