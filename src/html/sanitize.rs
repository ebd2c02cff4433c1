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

    /// Takes the first paragraph of the block that was opened at `block` out of its `<p>`, if `is_bare` holds for the paragraph and for what follows it.
    pub fn unwrap_paragraph(&mut self, block: usize, is_bare: impl Fn(&str, &str) -> bool) {
        const TAGS: (&str, &str) = ("<p>", "</p>");
        let Some(start) = self.html.get(block..).and_then(|html| html.find('>')).map(|end| block + end + 1) else { return };
        let Some(inner) = self.html.get(start..).and_then(|html| html.strip_prefix(TAGS.0)) else { return };
        let Some((paragraph, after)) = inner.split_once(TAGS.1).filter(|(paragraph, after)| is_bare(paragraph, after)) else { return };
        let bare = [paragraph, after].concat();
        self.html.truncate(start);
        self.html.push_str(&bare);
    }

    /// Opens a block in place of the paragraph that was written last, if that is nothing but a picture; whether it is.
    pub fn frame_picture(&mut self, block: &str) -> bool {
        // Its addresses may be long, but what is longer has words.
        const LONGEST: usize = 8_000;
        let near = (self.html.len().saturating_sub(LONGEST)..=self.html.len()).find_map(|start| self.html.get(start..)).unwrap_or("");
        let Some(paragraph) = near.rfind("<p>").and_then(|start| near.get(start..)) else { return false };
        let Some(inner) = paragraph.strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>")) else { return false };
        let has_words = inner.split('<').skip(1).any(|tag| !tag.ends_with('>'));
        if !inner.starts_with('<') || !inner.contains("<img ") || has_words {
            return false;
        }
        let inner = inner.to_owned();
        self.html.truncate(self.html.len() - paragraph.len());
        self.open(block, &[]);
        self.html.push_str(&inner);
        true
    }

    /// The clean HTML.
    pub fn finish(self) -> SafeHtml {
        SafeHtml::assume_clean(self.html)
    }
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
