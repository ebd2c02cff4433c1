//! Writing an element out as clean HTML and plain text, in one walk, without furniture, teasers and calls to click.

mod caption;
mod inline;
mod kept;
mod media;
mod place;
#[cfg(test)]
mod tests;

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::promo;
use super::shape::{attributes, block_name, collapse_inside, inline_name, is_container, is_line, same_words, tidy};
use super::teaser;
use crate::html::{Attribute as _, Css, collapse, noise, sanitize};
use crate::model::Body;
use crate::url::Url;
pub(super) use kept::Kept;
use place::Places;
pub(super) use place::widened;

/// How a body is written.
pub(super) struct Options<'a> {
    /// The headline, which is not repeated.
    pub(super) title: &'a str,
    /// The authors, whose byline is a field of its own.
    pub(super) authors: &'a [String],
    /// What relative addresses resolve against.
    pub(super) base: &'a Url,
    /// Elements to leave out.
    pub(super) remove: &'a [Css],
    /// The lines that are the article's; a configured body is taken as it is.
    pub(super) kept: Option<&'a Kept<'a>>,
}

/// A shorter link is a word of the story set apart.
const SHORTEST_TEASER: usize = 20;
/// What ends a sentence, or announces what follows.
const ENDS: [char; 8] = ['.', ':', '…', '。', '！', '？', '।', '؟'];
/// Before so many lines of text a bare date is the story's own.
const HEAD_LINES: usize = 3;

/// Writes an element.
pub(super) fn body(root: ElementRef<'_>, options: &Options<'_>) -> Body {
    let mut writing = Writing {
        options,
        html: sanitize::Writer::default(),
        text: Vec::new(),
        open: Vec::new(),
        line: None,
        is_inside: true,
        at: 0,
        pictures: 0,
        places: options.kept.map(Places::of),
        last_line: 0,
        last_picture: None,
    };
    writing.at = writing.lines_of(root.id()).map_or(0, |lines| lines.start);
    writing.walk(*root);
    writing.end_line();
    while writing.close_block() {}
    Body { html: writing.html.finish(), text: writing.text.join("\n\n") }
}

struct Writing<'a> {
    options: &'a Options<'a>,
    html: sanitize::Writer,
    text: Vec<String>,
    /// Blocks that are open, outermost first.
    open: Vec<Opened>,
    line: Option<Line>,
    /// Whether the last words that were met are the article's.
    is_inside: bool,
    /// The line after those that were met.
    at: usize,
    pictures: usize,
    /// Where the lines are that the judge keeps.
    places: Option<Places<'a>>,
    /// Where the line begins that was written last.
    last_line: usize,
    /// The address of the picture that was written last, if no words follow it, and the line after those above it.
    last_picture: Option<(Url, usize)>,
}

/// A block that is open.
struct Opened {
    name: &'static str,
    /// Where it begins.
    start: usize,
    /// How much was written before it: lines and pictures, and pictures alone.
    before: usize,
    pictures: usize,
    /// What is to stand below the pictures of a figure.
    caption: String,
}

/// The line (paragraph, heading, cell …) that is being written.
struct Line {
    name: &'static str,
    start: usize,
    text: String,
    inline: Vec<&'static str>,
    has_picture: bool,
    breaks: usize,
    preformatted: bool,
    /// Bytes of text in links.
    linked: usize,
}

impl Writing<'_> {
    fn walk(&mut self, root: NodeRef<'_, Node>) {
        let mut node = root.first_child();
        let mut depth = 0_usize;
        while let Some(current) = node {
            let descends = self.enter(current);
            if descends && let Some(child) = current.first_child() {
                depth += 1;
                node = Some(child);
                continue;
            }
            if descends {
                self.leave(current);
            }
            let mut next = current;
            node = loop {
                if let Some(sibling) = next.next_sibling() {
                    break Some(sibling);
                }
                if depth == 0 {
                    break None;
                }
                let Some(parent) = next.parent() else { break None };
                depth -= 1;
                self.leave(parent);
                next = parent;
            };
        }
    }

    /// Whether to go on into the node's children.
    fn enter(&mut self, node: NodeRef<'_, Node>) -> bool {
        match node.value() {
            Node::Text(text) => {
                self.met(node.id(), text);
                false
            }
            Node::Element(element) => self.element(node, element),
            _ => false,
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element) -> bool {
        let Some(wrapped) = ElementRef::wrap(node) else { return false };
        if element.name() == "math" {
            self.formula(wrapped);
            return false;
        }
        if noise::is_never_text(element) && !noise::is_heading_itself(node) || inline::is_for_page(wrapped, self.options.base) {
            return false;
        }
        if self.is_left_out(wrapped, element) {
            self.at = self.lines_of(node.id()).map_or(self.at, |lines| lines.end);
            return false;
        }
        match element.name() {
            "br" => self.line_break(),
            "hr" => self.end_line(),
            "img" | "picture" | "amp-img" => {
                self.picture(wrapped);
                return false;
            }
            "noscript" => return self.lacks_picture(node),
            name if media::is_media(name) => {
                self.media(wrapped, element);
                return false;
            }
            _ if self.is_mere_caption(wrapped) => {
                self.caption(wrapped);
                return false;
            }
            "blockquote" if self.is_post(node, element) => return false,
            name => self.open(name, element),
        }
        true
    }

    fn is_left_out(&self, wrapped: ElementRef<'_>, element: &Element) -> bool {
        if self.options.remove.iter().any(|css| css.selector().matches(&wrapped)) {
            return true;
        }
        let is_heading = matches!(element.name(), "h1" | "h2");
        self.options.kept.is_some() && is_heading && same_words(&collapse(&wrapped.text().collect::<String>()), self.options.title)
    }

    /// Words count only where the judge keeps their line.
    fn met(&mut self, node: NodeId, text: &str) {
        if let Some(kept) = self.options.kept {
            let is_blank = text.trim().is_empty();
            if !is_blank {
                // What belongs to no line says nothing.
                let line = kept.page.line_of(node).map(|line| line as usize);
                self.is_inside = line.is_some_and(|line| kept.holds(line));
                self.at = line.map_or(self.at, |line| line + 1);
            }
            if !self.is_inside {
                return;
            }
        }
        self.words(text);
    }

    /// Closes the innermost block, or takes it back if nothing is in it.
    fn close_block(&mut self) -> bool {
        let Some(opened) = self.open.pop() else { return false };
        if self.text.len() + self.pictures == opened.before {
            self.html.truncate(opened.start);
            return true;
        }
        // A reader's program sets paragraphs apart, which makes lists and tables long.
        match opened.name {
            "li" | "td" | "th" | "dd" => self.html.unwrap_paragraph(opened.start),
            "figure" => {
                self.html.unwrap_pictures(opened.start);
                self.write_caption(&opened.caption);
            }
            _ => {}
        }
        self.html.close(opened.name);
        true
    }

    fn open(&mut self, name: &str, element: &Element) {
        if let Some(block) = block_name(name) {
            // A caption is one line, though it may hold a paragraph.
            if block == "p" && self.line.as_ref().is_some_and(|line| line.name == "figcaption" && line.text.is_empty()) {
                return;
            }
            self.end_line();
            if is_line(block) {
                self.start_line(block, &attributes(element));
            } else {
                let (start, before) = (self.html.len(), self.text.len() + self.pictures);
                self.html.open(block, &attributes(element));
                self.open.push(Opened { name: block, start, before, pictures: self.pictures, caption: String::new() });
            }
            return;
        }
        if let Some(inline) = inline_name(name) {
            let mut attributes = attributes(element);
            if inline == "a" {
                match element.attribute("href").and_then(|href| self.options.base.join(href)).filter(Url::is_web) {
                    Some(url) => attributes.push(("href", url.as_str().to_owned())),
                    None => return,
                }
            }
            self.ensure_line();
            if let Some(line) = &mut self.line {
                self.html.open(inline, &attributes);
                line.inline.push(inline);
            }
            return;
        }
        if is_container(name) {
            self.end_part();
        }
    }

    fn leave(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else { return };
        let name = element.name();
        if let Some(block) = block_name(name) {
            self.end_line();
            if !is_line(block) && self.open.last().is_some_and(|opened| opened.name == block) {
                self.close_block();
            }
        } else if let Some(inline) = inline_name(name) {
            if let Some(line) = &mut self.line
                && line.inline.last() == Some(&inline)
            {
                line.inline.pop();
                self.html.close(inline);
            }
        } else if is_container(name) {
            self.end_part();
        }
    }

    fn start_line(&mut self, name: &'static str, attributes: &[(&'static str, String)]) {
        let start = self.html.len();
        self.html.open(name, attributes);
        self.line = Some(Line {
            name,
            start,
            text: String::new(),
            inline: Vec::new(),
            has_picture: false,
            breaks: 0,
            preformatted: name == "pre",
            linked: 0,
        });
    }

    fn ensure_line(&mut self) {
        if self.line.is_none() {
            // Lists and tables hold items and cells only.
            let name = match self.open.last().map(|opened| opened.name) {
                Some("ul" | "ol") => "li",
                Some("dl") => "dd",
                Some("tr" | "table" | "tbody" | "thead" | "tfoot") => return,
                _ => "p",
            };
            self.start_line(name, &[]);
        }
    }

    fn words(&mut self, text: &str) {
        if self.line.is_none() {
            if text.trim().is_empty() {
                return;
            }
            self.ensure_line();
        }
        let Some(line) = &mut self.line else { return };
        if line.preformatted {
            // Readers' programs leave out a line break at the very start.
            if line.text.is_empty() && text.starts_with('\n') {
                self.html.text("\n");
            }
            line.text.push_str(text);
            self.html.text(text);
            self.last_picture = None;
            return;
        }
        // How a word is read stands above it in print.
        if line.inline.iter().any(|name| matches!(*name, "rt" | "rp")) {
            self.html.text(&collapse_inside(text, false));
            return;
        }
        let collapsed = collapse_inside(text, line.text.is_empty() || line.text.ends_with([' ', '\n']));
        if !collapsed.trim().is_empty() {
            line.breaks = 0;
            self.last_picture = None;
        }
        if line.inline.contains(&"a") {
            line.linked += collapsed.trim().len();
        }
        line.text.push_str(&collapsed);
        self.html.text(&collapsed);
    }

    /// Whether what is being written is an item of a list or a cell of a table: without one of them, the others say something else.
    fn is_in_item(&self) -> bool {
        self.open.last().is_some_and(|opened| matches!(opened.name, "li" | "td" | "th" | "dd"))
    }

    /// Ends the line; takes it back if it is empty or says nothing of the article.
    fn end_line(&mut self) {
        let Some(mut line) = self.line.take() else { return };
        if !line.preformatted {
            self.html.trim_end();
        }
        while let Some(inline) = line.inline.pop() {
            self.html.close(inline);
        }
        let prune = self.options.kept.is_some();
        let text = if line.preformatted { line.text.trim_end().to_owned() } else { tidy(&line.text) };
        // Above the story stand its dates and times; they are fields of their own.
        let is_stamp = self.text.len() < HEAD_LINES && !self.is_in_item() && teaser::is_stamp(&text);
        // A paragraph that is one link is a teaser for what it leads to.
        let is_link = line.name == "p" && line.linked + 2 >= text.len() && text.len() >= SHORTEST_TEASER && !text.ends_with(ENDS);
        // In the caption of a picture its maker is named rightly.
        let is_credit = || line.name != "figcaption" && !self.is_in_item() && teaser::is_picture_credit(&text);
        let is_pointer = || teaser::is_pointer(&text, line.linked);
        let is_teaser = is_link && !self.is_in_item() && !self.options.kept.is_some_and(|kept| kept.is_of_links);
        let is_byline = self.text.len() < HEAD_LINES && teaser::is_byline(&text, self.options.authors);
        let is_noise = prune
            && line.name != "dt"
            && (is_stamp
                || is_teaser
                || is_byline
                || is_pointer()
                || is_credit()
                || promo::is_call(&text)
                || teaser::is_boilerplate(&text, line.linked));
        let is_empty = text.is_empty() && !line.has_picture;
        if is_noise || is_empty {
            self.html.truncate(line.start);
            return;
        }
        self.html.close(line.name);
        self.last_line = line.start;
        if !text.is_empty() {
            self.text.push(text);
        }
    }
}
