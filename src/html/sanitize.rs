//! The sanitiser: what may stand in a published body. A list of what is allowed; everything else goes.
//!
//! Bodies that come from a page's tree are written with the same list by [`Writer`]; those that come as text go through
//! [`fragment`], which parses them with `ammonia`.

use std::collections::{HashMap, HashSet};

use crate::model::SafeHtml;
use crate::url::Url;

/// Elements that hold blocks or lines.
const BLOCKS: [&str; 27] = [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "caption",
    "figure",
    "figcaption",
    "hr",
    "details",
    "summary",
];
/// Elements within a line.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "strong", "sub", "sup", "u",
];
/// Attributes that stay, for any element, but for addresses.
const ATTRIBUTES: [&str; 8] = ["alt", "colspan", "rowspan", "dir", "lang", "start", "width", "height"];

/// Whether an element is a block of a body.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether an element may stand within a line of a body.
pub fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// Cleans a fragment of HTML; relative addresses become absolute, other schemes than http and https go.
pub fn fragment(html: &str, base: &Url) -> SafeHtml {
    let tags: HashSet<&str> = BLOCKS.iter().chain(&INLINE).copied().collect();
    let mut cleaner = ammonia::Builder::new();
    cleaner
        .tags(tags)
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("img", HashSet::from(["src"]))]))
        .link_rel(None)
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(ammonia::UrlRelative::RewriteWithBase(base.parts().clone()));
    SafeHtml::assume_clean(cleaner.clean(html).to_string())
}

/// Plain lines as paragraphs.
pub fn paragraphs(lines: &[&str]) -> SafeHtml {
    let mut html = String::new();
    for line in lines {
        html.push_str("<p>");
        escape_into(&mut html, line);
        html.push_str("</p>");
    }
    SafeHtml::assume_clean(html)
}

/// Writes clean HTML element by element; what is opened is closed, in the right order.
#[derive(Debug, Default)]
pub struct Writer {
    html: String,
}

impl Writer {
    /// Opens an element of the list. `attributes` are name and value; only those of the list are written.
    pub fn open(&mut self, name: &str, attributes: &[(&str, String)]) {
        self.html.push('<');
        self.html.push_str(name);
        for (key, value) in attributes.iter().filter(|(key, _)| ATTRIBUTES.contains(key) || matches!(*key, "href" | "src")) {
            self.html.push(' ');
            self.html.push_str(key);
            self.html.push_str("=\"");
            escape_into(&mut self.html, value);
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) {
        escape_into(&mut self.html, text);
    }

    /// How much is written.
    pub fn len(&self) -> usize {
        self.html.len()
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// Takes back what was written since `length`.
    pub fn truncate(&mut self, length: usize) {
        if self.html.is_char_boundary(length) {
            self.html.truncate(length);
        }
    }

    /// Takes back white space and line breaks at the end of what is written.
    pub fn trim_end(&mut self) {
        loop {
            let trimmed = self.html.trim_end();
            let trimmed = trimmed.strip_suffix("<br>").unwrap_or(trimmed).len();
            if trimmed == self.html.len() {
                return;
            }
            self.html.truncate(trimmed);
        }
    }

    /// Takes the paragraph that is all of the block opened at `block` out of its `<p>`.
    pub fn unwrap_paragraph(&mut self, block: usize) {
        let Some(start) = self.html.get(block..).and_then(|html| html.find('>')).map(|end| block + end + 1) else { return };
        let Some(inner) = self.html.get(start..).and_then(|html| html.strip_prefix(PARAGRAPH.0)) else { return };
        let Some(bare) = inner.strip_suffix(PARAGRAPH.1).filter(|line| !line.contains(PARAGRAPH.1)).map(str::to_owned) else { return };
        self.html.truncate(start);
        self.html.push_str(&bare);
    }

    /// Takes the paragraphs of the block opened at `block` that are nothing but pictures out of their `<p>`.
    pub fn unwrap_pictures(&mut self, block: usize) {
        let Some(html) = self.html.get(block..).filter(|html| html.len() <= LONGEST_FIGURE) else { return };
        let mut bare = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((before, (line, after))) =
            rest.split_once(PARAGRAPH.0).and_then(|(before, inner)| Some((before, inner.split_once(PARAGRAPH.1)?)))
        {
            bare.push_str(before);
            let (open, close) = if is_pictures(line) { ("", "") } else { PARAGRAPH };
            bare.extend([open, line, close]);
            rest = after;
        }
        bare.push_str(rest);
        self.html.truncate(block);
        self.html.push_str(&bare);
    }

    /// Opens a block in place of the paragraph that was opened at `start` and written last, if that is nothing but pictures; whether it is.
    pub fn frame_pictures(&mut self, start: usize, block: &str) -> bool {
        let Some(tag) = self.html.get(start..).filter(|html| html.starts_with("<p>") || html.starts_with("<p ")) else { return false };
        let Some(inner) = tag.split_once('>').and_then(|(_, inner)| inner.strip_suffix(PARAGRAPH.1)) else { return false };
        if inner.contains(PARAGRAPH.1) || !is_pictures(inner) {
            return false;
        }
        let inner = inner.to_owned();
        self.html.truncate(start);
        self.open(block, &[]);
        self.html.push_str(&inner);
        true
    }

    /// The clean HTML.
    pub fn finish(self) -> SafeHtml {
        SafeHtml::assume_clean(self.html)
    }
}

const PARAGRAPH: (&str, &str) = ("<p>", "</p>");
/// A figure with more in it is written as it is.
const LONGEST_FIGURE: usize = 20_000;

/// Whether a line is nothing but pictures, which may be links.
fn is_pictures(line: &str) -> bool {
    line.starts_with('<') && line.contains("<img ") && line.split('<').skip(1).all(|tag| tag.ends_with('>'))
}

fn escape_into(out: &mut String, text: &str) {
    // Nearly all text is plain and goes over whole.
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| LOOKED_AT.get(usize::from(byte)).is_some_and(|looked_at| *looked_at)) {
        let (plain, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut characters = after.chars();
        match characters.next().unwrap_or_default() {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            control if control.is_control() || matches!(control, '\u{fffd}' | '\u{fffe}' | '\u{ffff}') => {}
            other => out.push(other),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

/// The bytes that may begin a character that does not go over as it is: signs of HTML, controls (those beyond ASCII begin with C2) and U+FFFD to U+FFFF (EF).
const LOOKED_AT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = byte < 0x20 && byte != 0x09 && byte != 0x0A || matches!(byte, 0x22 | 0x26 | 0x3C | 0x3E | 0x7F | 0xC2 | 0xEF);
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(fragment(html, &Url::parse("https://a.example/x/y").unwrap()).as_str(), expected);
    }

    #[test]
    fn what_runs_or_tracks_is_gone() {
        check("<p onclick=x()>a<script>b</script><style>c</style></p>", "<p>a</p>");
        check("<a href=\"javascript:x()\">a</a><a href=\"data:text/html,x\">b</a>", "<a>a</a><a>b</a>");
        check("<iframe src=\"https://v.example/\"></iframe><custom-thing>t</custom-thing>", "t");
    }

    #[test]
    fn addresses_become_absolute() {
        check("<a href=\"../z?a=1&b=2\">z</a>", "<a href=\"https://a.example/z?a=1&amp;b=2\">z</a>");
        check("<img src=\"//i.example/p.jpg\" alt=\"p\">", "<img src=\"https://i.example/p.jpg\" alt=\"p\">");
    }
}
