//! What no page needs is left out before a page is parsed: what would make the parser slow, and what nothing here ever reads.
//!
//! Tags that come after too many others or carry too many attributes go, and are counted. So do the programs, style sheets and drawings of a page:
//! their elements stay, empty. One walk, linear in the size of the text.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::data::is_state;
use super::tag::{self, TagEnd};

/// The parser compares each attribute of a tag with all before it. Tags of real pages have some fifty at the most.
pub(super) const MOST_ATTRIBUTES: usize = 500;
/// The largest real pages have some fifty thousand elements. Each costs a few hundred bytes in the tree, so that a page of nothing but tags
/// would take thirty times its size.
pub(super) const MOST_TAGS: usize = 150_000;
/// A value for programs that is longer is the state of a page, or a drawing; what `time` elements, lazy pictures and buttons keep in such values is short.
const MOST_DATA: usize = 8_000;
/// Longer drawings are rare, and a page of nothing but open ones would be looked through again for each.
const LONGEST_DRAWING: usize = 8_000;
/// Elements whose text is no mark-up, and those in which the same names stand for something else.
const TOLD_APART: [&str; 11] = ["script", "style", "svg", "title", "iframe", "textarea", "noembed", "noframes", "xmp", "math", "frameset"];
/// Elements of drawings that hold no HTML and do not end a drawing (HTML standard, section 13.2.6.5).
const DRAWN: [&str; 20] = [
    "path",
    "g",
    "use",
    "circle",
    "rect",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "stop",
    "defs",
    "image",
    "lineargradient",
    "clippath",
    "mask",
    "symbol",
    "text",
    "tspan",
    "title",
    "desc",
];

/// A page without what it does not need.
pub(super) struct Tamed<'a> {
    /// Not copied, if there was nothing of that kind.
    pub(super) text: Cow<'a, str>,
    /// How many tags open in it, at most.
    pub(super) tags: usize,
    /// How much was cut that may be missed.
    pub(super) dropped: usize,
}

/// Leaves out what no page needs, and tells of what may be missed.
pub(super) fn tame(text: &str) -> Tamed<'_> {
    let mut taming = Taming { text, out: String::new(), kept: 0, tags: 0, open: 0, is_foreign: false, dropped: 0 };
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()).map(|offset| at + offset) {
        let Some(next) = taming.tag(start) else { break };
        at = next;
    }
    let Taming { mut out, kept, dropped, tags, .. } = taming;
    let tags = tags.min(MOST_TAGS);
    if kept == 0 {
        return Tamed { text: Cow::Borrowed(text), tags, dropped };
    }
    out.push_str(text.get(kept..).unwrap_or(""));
    Tamed { text: Cow::Owned(out), tags, dropped }
}

struct Taming<'a> {
    text: &'a str,
    out: String,
    /// From here on the text is not yet written.
    kept: usize,
    tags: usize,
    /// To here no drawing ends that was looked at.
    open: usize,
    /// Within a drawing scripts and titles hold mark-up. Which tags lead out of one only the parser knows.
    is_foreign: bool,
    dropped: usize,
}

impl<'a> Taming<'a> {
    /// Deals with what begins at the `<` at `start`; where to look for the next, or `None` at the end.
    fn tag(&mut self, start: usize) -> Option<usize> {
        let rest = self.text.get(start + 1..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            return comment_end(comment).map(|end| start + "<!--".len() + end);
        }
        let (closes, name) = rest.strip_prefix('/').map_or((false, rest), |name| (true, name));
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            // To the parser these are comments too; anything else is text.
            let is_comment = closes || rest.starts_with(['!', '?']) && !self.is_foreign;
            return if is_comment { name.find('>').map(|end| self.text.len() - name.len() + end + 1) } else { Some(start + 1) };
        }
        self.tags += usize::from(!closes);
        if self.tags > MOST_TAGS {
            self.drop_from(start, self.text.len());
            return None;
        }
        let name_start = self.text.len() - name.len();
        let TagEnd { name_end, end, crowded, data } = tag::read(self.text.as_bytes(), name_start, MOST_ATTRIBUTES);
        if let Some(crowded) = crowded {
            self.drop_from(crowded, end);
            self.out.push('>');
        } else if data.len() > MOST_DATA {
            self.cut(data.start, data.end);
        }
        Some(if closes { end } else { self.open(name_start..name_end, end) })
    }

    /// Cuts what is in an element that opens, if nobody reads it; where to look on.
    fn open(&mut self, name: Range<usize>, end: usize) -> usize {
        let tag = self.text.get(name.start..end).unwrap_or("");
        let Some(name) = among(&TOLD_APART, self.text.get(name).unwrap_or("")) else { return end };
        if !matches!(name, "svg" | "math" | "frameset") {
            return self.empty_raw(name, tag, end);
        }
        if name == "svg"
            && !tag.ends_with("/>")
            && let Some(close) = self.empty_drawing(end)
        {
            return close;
        }
        self.is_foreign = true;
        end
    }

    /// Cuts the text of a program or style sheet; where to look on.
    fn empty_raw(&mut self, name: &str, tag: &str, end: usize) -> usize {
        let window = if self.is_foreign { self.text.len().min(end + LONGEST_DRAWING) } else { self.text.len() };
        let bytes = self.text.as_bytes().get(..window).unwrap_or_default();
        let close = if name == "script" { script_end(bytes, end) } else { raw_end(bytes, end, name) };
        if self.is_foreign && close == window {
            return end;
        }
        let text = self.text.get(end..close).unwrap_or_default();
        let is_unread = name == "style" || name == "script" && !holds_data(tag) && !is_state(text);
        if is_unread {
            self.cut(end, close);
            return close;
        }
        if self.is_foreign { end } else { close }
    }

    /// Cuts what is in a drawing, unless another one or a piece of the page may be; where it ends.
    fn empty_drawing(&mut self, end: usize) -> Option<usize> {
        let window = self.text.len().min(end + LONGEST_DRAWING);
        let close = raw_end(self.text.as_bytes().get(..window).unwrap_or_default(), end.max(self.open), "svg");
        // Drawings that are never closed are looked through once, and not from each start; at the edge, an end may be half seen.
        self.open = close.saturating_sub("</svg".len());
        let inner = self.text.get(end..close).unwrap_or("");
        let is_plain = close < window && tags_of(inner).all(|name| among(&DRAWN, name).is_some());
        is_plain.then(|| {
            self.cut(end, close);
            close
        })
    }

    /// Leaves out a stretch that a reader may miss.
    fn drop_from(&mut self, start: usize, end: usize) {
        self.cut(start, end);
        self.dropped += 1;
    }

    fn cut(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push_str(self.text.get(self.kept..start).unwrap_or(""));
            self.kept = end;
        }
    }
}

/// Where a comment ends, from after its `<!--` (HTML standard, sections 13.2.5.43 to 13.2.5.51).
fn comment_end(comment: &str) -> Option<usize> {
    if let Some(length) = [">", "->"].iter().find(|end| comment.starts_with(**end)).map(|end| end.len()) {
        return Some(length);
    }
    let mut at = 0;
    loop {
        at += memmem::find(comment.get(at..).unwrap_or("").as_bytes(), b"--")?;
        let length =
            [("-->"), ("--!>")].iter().find(|end| comment.get(at..).is_some_and(|rest| rest.starts_with(**end))).map(|end| end.len());
        match length {
            Some(length) => return Some(at + length),
            None => at += 1,
        }
    }
}

/// The name as it is in a list, whatever the size of its letters.
fn among(names: &[&'static str], name: &str) -> Option<&'static str> {
    names.iter().find(|one| one.eq_ignore_ascii_case(name)).copied()
}

/// The names of the tags that open in a text.
fn tags_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter(|tag| !tag.starts_with('/')).map(|tag| {
        let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        tag.get(..length).unwrap_or("")
    })
}

/// Whether a script is no program but data: linked data, or the state of an app.
fn holds_data(tag: &str) -> bool {
    memmem::find(tag.to_ascii_lowercase().as_bytes(), b"json").is_some() || tag.contains("__NEXT_DATA__")
}

/// Where the text of a raw element ends: before its closing tag.
fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(start) = memmem::find(bytes.get(at..).unwrap_or_default(), b"</").map(|offset| at + offset) {
        if is_named(bytes.get(start + 2..).unwrap_or_default(), name) {
            return start;
        }
        at = start + 2;
    }
    bytes.len()
}

/// Whether a tag whose name begins here has this one, and not a longer one.
fn is_named(tag: &[u8], name: &str) -> bool {
    tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && tag.get(name.len()).is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
}

/// Where the text of a script ends. Within a comment it may write another script, whose end is not its own (HTML standard, sections 13.2.5.15 to 13.2.5.31).
fn script_end(bytes: &[u8], from: usize) -> usize {
    let plain = raw_end(bytes, from, "script");
    if memmem::find(bytes.get(from..plain).unwrap_or_default(), b"<!--").is_none() {
        return plain;
    }
    let (mut is_comment, mut is_inner, mut at) = (false, false, from);
    while let Some(start) = memchr::memchr2(b'<', b'-', bytes.get(at..).unwrap_or_default()).map(|offset| at + offset) {
        let rest = bytes.get(start..).unwrap_or_default();
        at = start + 1;
        if !is_comment {
            is_comment = rest.starts_with(b"<!--");
            // `<!-->` is one too, and ends at once.
            at += usize::from(is_comment);
        } else if rest.starts_with(b"-->") {
            (is_comment, is_inner) = (false, false);
        } else if rest.starts_with(b"<") && is_named(rest.get(1..).unwrap_or_default(), "script") {
            is_inner = true;
        }
        if rest.starts_with(b"</") && is_named(rest.get(2..).unwrap_or_default(), "script") {
            if !is_inner {
                return start;
            }
            is_inner = false;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> (String, usize) {
        let Tamed { text, dropped, .. } = tame(page);
        (text.into_owned(), dropped)
    }

    #[test]
    fn normal_pages_are_left_as_they_are() {
        for page in ["<p>a<p>b<p>c", "<script type='application/ld+json'>\"</b><div>\"</script>", "< a <1 <!-- <div> --> </ >", "<"] {
            assert_eq!(told(page), (page.to_owned(), 0), "{page}");
        }
    }

    #[test]
    fn crowded_tags_lose_their_attributes_and_nothing_else() {
        let attributes = |count: usize| (0..count).map(|number| format!(" a{number}='> <'")).collect::<String>();
        for (before, after) in [("<p>before<p", "text</p>after"), ("<!----!><p", ""), ("<svg><title><p", ""), ("<frameset><title></p", "")]
        {
            let page = |count| format!("{before}{}>{after}", attributes(count));
            assert_eq!(told(&page(MOST_ATTRIBUTES)), (page(MOST_ATTRIBUTES), 0));
            let (tamed, cut) = told(&page(5_000));
            assert_eq!((tamed.replace(" >", ">"), cut), (page(MOST_ATTRIBUTES), 1));
        }
        let words = format!("<p title='{}'>text", "word ".repeat(5_000));
        assert_eq!(told(&words), (words.clone(), 0), "words in quotes are no attributes");
        let data = |value: &str| format!("<p class=a data-state='{value}' id=b>text");
        assert_eq!(told(&data(&"word ".repeat(5_000))), (data(""), 0));
        assert_eq!(told(&data("word")), (data("word"), 0));
    }

    #[test]
    fn a_comment_ends_where_the_parser_ends_it() {
        for (comment, rest) in
            [(">", "a"), ("->", "a"), ("-->", "a"), ("--!>", "-->"), ("a-->", "-->"), ("!>-->", ""), ("a--b--->", ">"), ("a->b>-->", "")]
        {
            assert_eq!(comment_end(&format!("{comment}{rest}")), Some(comment.len()), "{comment}");
            let parsed = scraper::Html::parse_document(&format!("<b><!--{comment}{rest}"));
            assert_eq!(parsed.root_element().text().collect::<String>(), rest, "what the parser says of {comment}");
        }
        assert_eq!(comment_end("a--"), None);
    }

    #[test]
    fn a_page_of_nothing_but_tags_is_cut() {
        let page = "<br>".repeat(MOST_TAGS + 10_000);
        let (tamed, cut) = told(&page);
        assert_eq!((tamed.len(), cut), (MOST_TAGS * 4, 1));
    }

    #[test]
    fn programs_styles_and_drawings_are_left_empty() {
        let check = |page: &str, expected: &str| assert_eq!(told(page), (expected.to_owned(), 0), "{page}");
        check("<p>a<script>if (a</b) '<div>'</script><p>b", "<p>a<script></script><p>b");
        check("<STYLE media=x>p{}</STYLE>b", "<STYLE media=x></STYLE>b");
        check("<svg><title>T</title><g><path d=x /></g></svg>b", "<svg></svg>b");
        check("<script>x", "<script>");
        for script in
            ["<!-- <script>x</script> -->", "<!-- '<script src=x></script><style>' //-->", "<!-->", "'</scripts>' + '<style>'", "<!-- x"]
        {
            check(&format!("<script>{script}</script>a<b>b</b>"), "<script></script>a<b>b</b>");
            let parsed = scraper::Html::parse_document(&format!("<p><script>{script}</script>a<b>b</b>"));
            let shown = parsed.select(&scraper::Selector::parse("p > b").unwrap()).count();
            assert_eq!(shown, 1, "what the parser says of {script}");
        }
        check(
            "<noframes><style></noframes><?php '<style>' ?><! <style> ></ <style>a",
            "<noframes><style></noframes><?php '<style>' ?><! <style> ></ <style>a",
        );
        check("<svg><p>a</p><style>b</style><script>c</script></svg>", "<svg><p>a</p><style></style><script></script></svg>");
        check("<title-bar>a<style-x>b</title-bar><style>c</style>", "<title-bar>a<style-x>b</title-bar><style></style>");
        for page in [
            "<script type='application/json'>{}</script>",
            "<script id=__NEXT_DATA__>{}</script>",
            "<script>window.__STATE__ = {}</script>",
            "<svg><p>text</p></svg>",
            "<svg><foreignObject><p>text</p></foreignObject></svg>",
            "<svg><svg></svg>text</svg>",
            "<svg><g>text",
            "<svg/><p>text</p><svg/>",
        ] {
            check(page, page);
        }
    }
}
