//! Captions of pictures. The judge seldom counts one as text, but who sees the picture reads it: it is written below the picture in HTML, and not in the plain text.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::super::shape::tidy;
use super::super::{promo, teaser};
use super::{Kept, Writing, inline};
use crate::html::{Attribute as _, is_block_element, noise, push_collapsed};

/// In bytes: what is longer is a text beside a picture.
const LONGEST: usize = 1_200;

/// How the names of elements end that hold a caption: `photo-caption`, `thumbcaption`, `wp-caption-text`.
const NAMES: [&str; 4] = ["caption", "caption-text", "caption_text", "captiontext"];

impl Writing<'_> {
    /// Whether an element is a caption of the picture that was written last, and its words are none of the text's.
    pub(super) fn is_mere_caption(&self, wrapped: ElementRef<'_>) -> bool {
        match wrapped.value().name() {
            "figcaption" => self.is_in_figure() && !self.is_told(wrapped),
            "p" | "div" | "span" | "small" | "em" if self.last_picture.is_some() => {
                let is_named = wrapped.value().attribute("class").is_some_and(names_caption);
                is_named && !holds_picture(wrapped) && self.is_below_picture(wrapped) && !self.is_told(wrapped)
            }
            _ => false,
        }
    }

    /// Whether a figure is open and its picture written.
    fn is_in_figure(&self) -> bool {
        self.open.last().is_some_and(|figure| figure.name == "figure" && self.pictures > figure.pictures)
    }

    /// Whether hardly anything stands between an element and the picture that was written last.
    fn is_below_picture(&self, wrapped: ElementRef<'_>) -> bool {
        /// Who took the picture.
        const LINES_BETWEEN: usize = 1;
        let first = self.options.kept.and_then(|kept| lines_of(wrapped, kept).next());
        let at = self.last_picture.as_ref().and_then(|(_, at)| *at);
        at.zip(first).is_some_and(|(at, first)| first <= at + LINES_BETWEEN)
    }

    /// Whether the judge keeps any of an element's words; a configured body is taken as it is.
    fn is_told(&self, wrapped: ElementRef<'_>) -> bool {
        self.options.kept.is_none_or(|kept| lines_of(wrapped, kept).any(|line| kept.holds(line)))
    }

    /// Writes a caption below its picture, unless it only names who made that, or leads elsewhere.
    pub(super) fn caption(&mut self, wrapped: ElementRef<'_>) {
        self.end_line();
        self.is_inside = false;
        self.at = self.options.kept.and_then(|kept| lines_of(wrapped, kept).last()).map_or(self.at, |line| line + 1);
        let (text, linked) = self.words_of(wrapped);
        let is_noise = text.is_empty()
            || text.len() > LONGEST
            || linked * 2 > text.len()
            || teaser::is_picture_credit(&text)
            || teaser::is_stamp(&text)
            || teaser::is_pointer(&text, linked)
            || promo::is_call(&text);
        let is_framed = self.is_in_figure();
        if is_noise || !is_framed && !self.html.frame_picture("figure") {
            return;
        }
        self.html.open("figcaption", &[]);
        self.html.text(&text);
        self.html.close("figcaption");
        if !is_framed {
            self.html.close("figure");
        }
        if let Some((_, at)) = &mut self.last_picture {
            *at = None;
        }
    }

    /// What an element shows its readers, and how many bytes of it are in links.
    fn words_of(&self, wrapped: ElementRef<'_>) -> (String, usize) {
        let (mut text, mut linked, mut skipped, mut link) = (String::new(), 0, None, None);
        for edge in wrapped.traverse() {
            let (Edge::Open(node) | Edge::Close(node)) = edge;
            let is_open = matches!(edge, Edge::Open(_));
            if skipped.is_some() {
                skipped = skipped.filter(|id| is_open || *id != node.id());
                continue;
            }
            match node.value() {
                Node::Text(words) if is_open => {
                    push_collapsed(&mut text, words);
                    linked += if link.is_some() { words.trim().len() } else { 0 };
                }
                Node::Element(element) => {
                    let is_hidden = |inner| noise::is_never_text(element) || inline::is_for_page(inner, self.options.base);
                    if is_open && ElementRef::wrap(node).is_some_and(is_hidden) {
                        skipped = Some(node.id());
                    } else if is_block_element(element.name()) || matches!(element.name(), "br" | "span") {
                        push_collapsed(&mut text, " ");
                    } else if element.name() == "a" {
                        link = is_open.then_some(());
                    }
                }
                _ => {}
            }
        }
        (tidy(&text), linked)
    }
}

/// The lines that an element's words are in.
fn lines_of<'a>(wrapped: ElementRef<'a>, kept: &'a Kept<'a>) -> impl Iterator<Item = usize> + 'a {
    let texts = wrapped.descendants().filter(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()));
    texts.filter_map(|text| kept.page.line_of(text.id()).map(|line| line as usize))
}

fn names_caption(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| NAMES.iter().any(|end| name.ends_with(end)))
}

fn holds_picture(wrapped: ElementRef<'_>) -> bool {
    wrapped.descendent_elements().any(|element| matches!(element.value().name(), "img" | "picture" | "amp-img"))
}
