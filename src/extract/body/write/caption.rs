//! Captions of pictures. The judge seldom counts one as text, but who sees the picture reads it: it is written below the picture in HTML, and not in the plain text.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::super::shape::tidy;
use super::super::{promo, teaser};
use super::{Kept, Writing, inline};
use crate::html::{Attribute as _, is_block_element, noise, push_collapsed};

/// In bytes: what is longer is a text beside a picture. So much stands below a figure in all.
const LONGEST: usize = 1_200;
/// A caption with its credit, links and buttons has no more nodes.
const MOST_NODES: usize = 100;
/// How the names of elements end that hold a caption: `photo-caption`, `thumbcaption`, `wp-caption-text`.
const NAMES: [&str; 4] = ["caption", "caption-text", "caption_text", "captiontext"];

impl Writing<'_> {
    /// Whether an element is a caption of a picture that was written, and its words are none of the text's.
    pub(super) fn is_mere_caption(&self, wrapped: ElementRef<'_>) -> bool {
        match wrapped.value().name() {
            "figcaption" => self.is_in_figure() && is_small(*wrapped) && !self.is_told(wrapped),
            "p" | "div" | "span" | "small" | "em" => self.last_picture.as_ref().is_some_and(|(_, at)| {
                wrapped.value().attribute("class").is_some_and(names_caption)
                    && is_small(*wrapped)
                    && !holds_picture(*wrapped)
                    && !is_above_picture(wrapped)
                    && self.is_below(*at, wrapped)
                    && !self.is_told(wrapped)
            }),
            _ => false,
        }
    }

    /// Whether a figure is open and its picture written.
    fn is_in_figure(&self) -> bool {
        self.open.last().is_some_and(|figure| figure.name == "figure" && self.pictures > figure.pictures)
    }

    /// Whether hardly anything stands between an element and a picture above the line `at`.
    fn is_below(&self, at: usize, wrapped: ElementRef<'_>) -> bool {
        /// Who took the picture.
        const LINES_BETWEEN: usize = 1;
        self.options.kept.and_then(|kept| lines_of(wrapped, kept).next()).is_some_and(|first| first <= at + LINES_BETWEEN)
    }

    /// Whether the judge keeps any of an element's words; a configured body is taken as it is.
    fn is_told(&self, wrapped: ElementRef<'_>) -> bool {
        self.options.kept.is_none_or(|kept| lines_of(wrapped, kept).any(|line| kept.holds(line)))
    }

    /// Takes a caption for its picture, unless it only names who made that, or leads elsewhere.
    pub(super) fn caption(&mut self, wrapped: ElementRef<'_>) {
        self.end_line();
        self.is_inside = false;
        self.at = self.options.kept.and_then(|kept| lines_of(wrapped, kept).last()).map_or(self.at, |line| line + 1);
        let (text, linked) = words_of(wrapped, |inner| inline::is_for_page(inner, self.options.base));
        let is_noise = text.is_empty()
            || text.len() > LONGEST
            || linked * 2 > text.len()
            || teaser::is_picture_credit(&text)
            || teaser::is_pointer(&text, linked)
            || promo::is_call(&text);
        if is_noise {
            return;
        }
        if self.is_in_figure() {
            // A figure has one caption, at its end; that of each picture in it is a part.
            if let Some(figure) = self.open.last_mut().filter(|figure| figure.caption.len() + text.len() <= LONGEST) {
                let between = if figure.caption.is_empty() { "" } else { " · " };
                figure.caption.extend([between, &text]);
            }
        } else if self.html.frame_pictures(self.last_line, "figure") {
            self.write_caption(&text);
            self.html.close("figure");
        }
    }

    /// Writes a caption, if there is any.
    pub(super) fn write_caption(&mut self, text: &str) {
        if !text.is_empty() {
            self.html.open("figcaption", &[]);
            self.html.text(text);
            self.html.close("figcaption");
        }
    }
}

/// What an element shows its readers, and how many bytes of it are in links.
fn words_of(wrapped: ElementRef<'_>, is_for_page: impl Fn(ElementRef<'_>) -> bool) -> (String, usize) {
    let (mut text, mut linked, mut skipped, mut is_link) = (String::new(), 0, None, false);
    let mut is_apart = false;
    for edge in wrapped.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let is_open = matches!(edge, Edge::Open(_));
        if skipped.is_some() {
            skipped = skipped.filter(|id| is_open || *id != node.id());
            continue;
        }
        match node.value() {
            Node::Text(words) if is_open => {
                if std::mem::take(&mut is_apart) && are_two_words(&text, words) {
                    push_collapsed(&mut text, " ");
                }
                push_collapsed(&mut text, words);
                linked += if is_link { words.trim().len() } else { 0 };
            }
            Node::Element(element) => {
                let is_hidden = is_open && ElementRef::wrap(node).is_some_and(|inner| noise::is_never_text(element) || is_for_page(inner));
                match element.name() {
                    _ if is_hidden => skipped = Some(node.id()),
                    "a" => is_link = is_open,
                    "br" => push_collapsed(&mut text, " "),
                    "span" => is_apart = true,
                    name if is_block_element(name) => push_collapsed(&mut text, " "),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    (tidy(&text), linked)
}

/// Whether what a `<span>` sets apart are two words: neither a letter and its word, nor a word and a sign.
fn are_two_words(before: &str, after: &str) -> bool {
    let is_initial = before.chars().nth(1).is_none();
    !is_initial
        && !before.ends_with(['(', '[', '“', '„', '«', '‘'])
        && after.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '(' | '©'))
}

/// The lines that an element's words are in.
fn lines_of<'a>(wrapped: ElementRef<'a>, kept: &'a Kept<'a>) -> impl Iterator<Item = usize> + 'a {
    let texts = wrapped.descendants().filter(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()));
    texts.filter_map(|text| kept.page.line_of(text.id()).map(|line| line as usize))
}

fn names_caption(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| NAMES.iter().any(|end| name.ends_with(end)))
}

fn is_small(node: NodeRef<'_, Node>) -> bool {
    node.descendants().nth(MOST_NODES).is_none()
}

/// Whether one of the first nodes of an element is a picture.
fn holds_picture(node: NodeRef<'_, Node>) -> bool {
    let mut elements = node.descendants().take(MOST_NODES).filter_map(|inner| inner.value().as_element());
    elements.any(|element| matches!(element.name(), "img" | "picture" | "amp-img"))
}

/// Whether the picture of an element's own box stands below it, and none above.
fn is_above_picture(wrapped: ElementRef<'_>) -> bool {
    const BESIDE: usize = 4;
    !wrapped.prev_siblings().take(BESIDE).any(holds_picture) && wrapped.next_siblings().take(BESIDE).any(holds_picture)
}
