//! Pictures and embedded media of a body.

use std::ops::Range;

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::Writing;
use crate::html::{Attribute as _, collapse, picture};
use crate::url::Url;

/// Attributes that keep the address of embedded media, for a player or for its loader.
const MEDIA: [&str; 6] = ["src", "data-src", "data-lazy-src", "data-lazyload", "data-litespeed-src", "data-href"];
/// Elements that are defined to show one recording of one service (the components of AMP and their light kin), the attribute that names it, and what its
/// address begins with.
const COMPONENTS: [(&str, &str, &str); 6] = [
    ("amp-youtube", "data-videoid", "https://www.youtube.com/watch?v="),
    ("lite-youtube", "videoid", "https://www.youtube.com/watch?v="),
    ("amp-vimeo", "data-videoid", "https://vimeo.com/"),
    ("lite-vimeo", "videoid", "https://vimeo.com/"),
    ("amp-instagram", "data-shortcode", "https://www.instagram.com/p/"),
    ("amp-twitter", "data-tweetid", "https://twitter.com/i/status/"),
];
/// Longer names are made by programs.
const LONGEST_FILE_NAME: usize = 60;
/// The address of a post, on the quotation that a script fills with it.
const POST: &str = "data-instgrm-permalink";

/// Whether an element is written as a link to what it shows.
pub(super) fn is_media(name: &str) -> bool {
    matches!(name, "iframe" | "video" | "audio" | "amp-iframe" | "amp-video" | "amp-facebook")
        || COMPONENTS.iter().any(|(component, ..)| *component == name)
}

impl Writing<'_> {
    /// The lines that an element holds.
    pub(super) fn lines_of(&self, node: NodeId) -> Option<Range<usize>> {
        self.places.as_ref()?.lines(node)
    }

    /// Whether a picture is the article's; a configured body is taken as it is.
    fn takes(&self, node: NodeRef<'_, Node>, is_media: bool) -> bool {
        self.places.as_ref().is_none_or(|places| places.takes(node, self.at, is_media))
    }

    /// A picture, at its best address; once, where it stands twice for screens of two sizes.
    pub(super) fn picture(&mut self, wrapped: ElementRef<'_>) {
        // Most are not, and reading addresses is costly.
        if !self.takes(*wrapped, false) {
            return;
        }
        let base = self.options.base;
        let mut choice = picture::Choice::default();
        let inner = if wrapped.value().name() == "picture" {
            choice.picture(wrapped, base);
            wrapped.child_elements().find(|child| child.value().name() == "img")
        } else {
            choice.img(wrapped.value(), base);
            None
        };
        let element = inner.unwrap_or(wrapped).value();
        if picture::is_unseen(element) {
            return;
        }
        without_scripts(*wrapped).into_iter().flat_map(|noscript| noscript.descendent_elements()).filter(is_img).for_each(|img| {
            choice.without_scripts(img.value(), base);
        });
        let Some(address) = choice.into_address().filter(|address| self.last_picture.as_ref().is_none_or(|(last, _)| last != address))
        else {
            return;
        };
        self.ensure_line();
        let Some(line) = &mut self.line else { return };
        line.has_picture = true;
        self.pictures += 1;
        let alt = element.attribute("alt").map(collapse).unwrap_or_default();
        let mut attributes = vec![("src", address.as_str().to_owned()), ("alt", alt)];
        attributes.extend(
            ["width", "height"]
                .into_iter()
                .filter_map(|name| Some((name, element.attribute(name)?.to_owned())))
                .filter(|(_, value)| value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty()),
        );
        self.html.open("img", &attributes);
        self.last_picture = Some((address, self.at));
    }

    /// A `<noscript>` is read for its picture only where the one beside it, for readers with scripts, has no address.
    pub(super) fn lacks_picture(&self, node: NodeRef<'_, Node>) -> bool {
        let before = node.prev_siblings().filter_map(ElementRef::wrap).take(2);
        let after = node.next_siblings().filter_map(ElementRef::wrap).take(1);
        let after = after.filter(|element| is_img(element) || element.value().name() == "picture");
        !before
            .chain(after)
            .flat_map(|element| std::iter::once(element).chain(element.descendent_elements()))
            .any(|element| is_img(&element) && picture::address(element.value(), self.options.base).is_some())
    }

    /// Embedded media become a link, with their picture where the mark-up has one.
    pub(super) fn media(&mut self, wrapped: ElementRef<'_>, element: &Element) {
        if picture::is_unseen(element) || !self.takes(*wrapped, true) {
            return;
        }
        let own = MEDIA.iter().filter_map(|name| element.attribute(name));
        let sources = wrapped.child_elements().flat_map(|child| child.value().attribute("src"));
        let address =
            own.chain(sources).find_map(|source| self.options.base.join(source).filter(Url::is_web)).or_else(|| component(element));
        let poster = element.attribute("poster").and_then(|poster| self.options.base.join(poster)).filter(Url::is_web);
        let told =
            || ["title", "aria-label"].iter().filter_map(|name| element.attribute(name)).map(collapse).find(|title| !title.is_empty());
        let file = || matches!(element.name(), "audio" | "video").then(|| file_name(address.as_ref()?)).flatten();
        let title = told().or_else(file);
        self.embed(address, poster, title);
    }

    /// A post that a script is to fill in becomes a link, unless its words are there and kept.
    pub(super) fn is_post(&mut self, node: NodeRef<'_, Node>, element: &Element) -> bool {
        let Some(address) = element.attribute(POST).and_then(|address| self.options.base.join(address)).filter(Url::is_web) else {
            return false;
        };
        let is_told = self.places.as_ref().is_none_or(|places| places.is_kept(node.id()));
        if is_told || !self.takes(node, true) {
            return false;
        }
        self.embed(Some(address), None, None);
        true
    }

    fn embed(&mut self, address: Option<Url>, poster: Option<Url>, title: Option<String>) {
        if address.is_none() && poster.is_none() {
            return;
        }
        self.end_line();
        self.ensure_line();
        let Some(line) = &mut self.line else { return };
        line.has_picture = true;
        self.pictures += 1;
        if let Some(address) = &address {
            self.html.open("a", &[("href", address.as_str().to_owned())]);
        }
        match (poster, &address) {
            (Some(poster), _) => self.html.open("img", &[("src", poster.as_str().to_owned()), ("alt", String::new())]),
            (None, Some(address)) => self.html.text(&title.unwrap_or_else(|| address.host().to_owned())),
            (None, None) => {}
        }
        if address.is_some() {
            self.html.close("a");
        }
        self.end_line();
    }
}

/// What a recording is called where nothing else names it: `interview.mp3`.
fn file_name(address: &Url) -> Option<String> {
    let name = address.path().rsplit('/').next().filter(|name| name.contains('.') && name.len() <= LONGEST_FILE_NAME)?;
    Some(name.to_owned())
}

/// What a component shows.
fn component(element: &Element) -> Option<Url> {
    let (_, attribute, start) = COMPONENTS.iter().find(|(name, ..)| *name == element.name())?;
    let id = element.attribute(attribute)?.trim();
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_id.then(|| Url::parse(&format!("{start}{id}")).ok())?
}

fn is_img(element: &ElementRef<'_>) -> bool {
    matches!(element.value().name(), "img" | "amp-img")
}

/// What stands beside a picture, or beside a box that holds nothing else, for readers without scripts.
fn without_scripts(picture: NodeRef<'_, Node>) -> Option<ElementRef<'_>> {
    let parent = picture.parent()?;
    if parent.value().as_element().is_some_and(|element| element.name() == "noscript") {
        return None;
    }
    let is_alone = || picture.next_siblings().chain(picture.prev_siblings()).all(|node| !node.value().is_element());
    noscript_beside(picture).or_else(|| noscript_beside(Some(parent).filter(|_| is_alone())?))
}

fn noscript_beside(node: NodeRef<'_, Node>) -> Option<ElementRef<'_>> {
    let after = node.next_siblings().filter_map(ElementRef::wrap).take(1);
    let beside = after.chain(node.prev_siblings().filter_map(ElementRef::wrap).take(1));
    let mut noscripts = beside.filter(|element| element.value().name() == "noscript");
    noscripts.find(|element| element.descendent_elements().any(|child| is_img(&child)))
}
