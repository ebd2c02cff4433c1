//! What no page needs is left out before a page is parsed: what would make the parser slow, and what nothing here ever reads.
//!
//! Tags that nest too deep, crowd one another or carry too many attributes go, and are counted. So do the programs, style sheets and drawings of a page:
//! their elements stay, empty. One walk, linear in the size of the text.

use std::borrow::Cow;
use std::collections::VecDeque;

use memchr::memmem;

use super::data::is_state;
use crate::model::Note;

/// Browsers stop here as well. Real pages nest a hundred deep, but their unclosed tags count as nesting in the walk below; the parser's time
/// grows with the square of the depth.
const DEEPEST: usize = 512;
/// The parser compares each attribute of a tag with all before it. No tag of a real page has so many words.
const MOST_WORDS_IN_TAG: usize = 2_000;
/// The largest real pages have some fifty thousand elements. Each costs a few hundred bytes in the tree, so that a page of nothing but tags
/// would take thirty times its size.
const MOST_TAGS: usize = 150_000;
/// Longer drawings are rare, and a page of nothing but open ones would be looked through again for each.
const LONGEST_DRAWING: usize = 8_000;
/// No element that is told apart here has a longer name.
const LONGEST_NAME: usize = 16;

/// A page without what it does not need.
pub(super) struct Tamed<'a> {
    /// Not copied, if there was nothing of that kind.
    pub(super) text: Cow<'a, str>,
    /// How many tags open in it, at most.
    pub(super) tags: usize,
    /// What may be missed.
    pub(super) note: Option<Note>,
}

/// Leaves out what no page needs, and tells of what may be missed.
pub(super) fn tame(text: &str) -> Tamed<'_> {
    let mut taming = Taming { text, out: String::new(), kept: 0, depth: 0, beyond: VecDeque::new(), tags: 0, drawings: 0, dropped: 0 };
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()).map(|offset| at + offset) {
        let Some(next) = taming.tag(start) else { break };
        at = next;
    }
    let Taming { mut out, kept, dropped, tags, .. } = taming;
    let tags = tags.min(MOST_TAGS);
    let note = (dropped > 0).then(|| {
        Note::new("tags-cut", format!("{dropped} tags that nested deeper than {DEEPEST}, had more than {MOST_WORDS_IN_TAG} attributes or came after {MOST_TAGS} others were cut"))
    });
    if kept == 0 {
        return Tamed { text: Cow::Borrowed(text), tags, note };
    }
    out.push_str(text.get(kept..).unwrap_or(""));
    Tamed { text: Cow::Owned(out), tags, note }
}

struct Taming<'a> {
    text: &'a str,
    out: String,
    /// From here on the text is not yet written.
    kept: usize,
    depth: usize,
    /// The names of the tags that were dropped for their depth and not closed yet: what closes them goes too, and leads nowhere up.
    beyond: VecDeque<&'a str>,
    tags: usize,
    /// How many drawings are open; for what is in one, `/>` closes.
    drawings: usize,
    dropped: usize,
}

impl<'a> Taming<'a> {
    /// Deals with what begins at the `<` at `start`; where to look for the next, or `None` at the end.
    fn tag(&mut self, start: usize) -> Option<usize> {
        let rest = self.text.get(start + 1..).unwrap_or("");
        if rest.starts_with("!--") {
            return rest.find("-->").map(|end| start + 1 + end + 3);
        }
        let closes = rest.starts_with('/');
        let length = rest.bytes().skip(usize::from(closes)).take_while(u8::is_ascii_alphanumeric).count();
        if length == 0 {
            return Some(start + 1);
        }
        let name_end = start + 1 + usize::from(closes) + length;
        let mut buffer = [0_u8; LONGEST_NAME];
        let name = lower(self.text.get(name_end - length..name_end).unwrap_or(""), &mut buffer);
        self.tags += usize::from(!closes);
        if self.tags > MOST_TAGS {
            self.drop_from(start, self.text.len());
            return None;
        }
        let end =
            memchr::memchr(b'>', self.text.as_bytes().get(start..).unwrap_or_default()).map_or(self.text.len(), |end| start + end + 1);
        let tag = self.text.get(start..end).unwrap_or("");
        // Two bytes a word are the least, so only long tags are looked at.
        if tag.len() > MOST_WORDS_IN_TAG * 2 && tag.split_ascii_whitespace().count() > MOST_WORDS_IN_TAG {
            self.drop_from(name_end, end);
            self.out.push('>');
        }
        // Only within a drawing does `/>` close an element, and a drawing has hundreds of those. Any other tag may lead back out of it.
        let is_drawn = is_drawn(name);
        if self.drawings > 0 && is_drawn && tag.ends_with("/>") {
            return Some(end);
        }
        self.drawings = usize::from(name == "svg" && !closes || self.drawings > 0 && is_drawn);
        let whole = whole_name(self.text.get(name_end - length..end).unwrap_or(""));
        if closes {
            self.close(name, whole, start, end);
            return Some(end);
        }
        Some(self.open(name, whole, start, end))
    }

    fn open(&mut self, name: &str, whole: &'a str, start: usize, end: usize) -> usize {
        let tag = self.text.get(start..end).unwrap_or("");
        if is_raw(name) {
            let close = raw_end(self.text.as_bytes(), end, name);
            let text = self.text.get(end..close).unwrap_or_default();
            let is_unread = name == "style" || name == "script" && !holds_data(tag) && !is_state(text);
            // Within a comment a script may speak of the end of scripts.
            if is_unread && memmem::find(text.as_bytes(), b"<!--").is_none() {
                self.cut(end, close);
            }
            return close;
        }
        if closes_itself(name) {
            return end;
        }
        if self.depth >= DEEPEST {
            // The latest are closed first.
            if self.beyond.len() == DEEPEST {
                self.beyond.pop_front();
            }
            self.beyond.push_back(whole);
            self.drop_from(start, end);
            return end;
        }
        self.depth += 1;
        if name == "svg" && !tag.ends_with("/>") {
            return self.empty_drawing(end);
        }
        end
    }

    fn close(&mut self, name: &str, whole: &str, start: usize, end: usize) {
        if closes_itself(name) || is_raw(name) {
            return;
        }
        if let Some(place) = self.beyond.iter().rposition(|open| open.eq_ignore_ascii_case(whole)) {
            self.beyond.remove(place);
            self.drop_from(start, end);
            return;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Cuts what is in a drawing, unless another one or a piece of the page may be.
    fn empty_drawing(&mut self, end: usize) -> usize {
        let window = self.text.len().min(end + LONGEST_DRAWING);
        let close = raw_end(self.text.as_bytes().get(..window).unwrap_or_default(), end, "svg");
        let inner = self.text.get(end..close).unwrap_or("");
        let is_plain = close < window
            && tags_of(inner).all(|name| {
                let mut buffer = [0_u8; LONGEST_NAME];
                let name = lower(name, &mut buffer);
                is_drawn(name) || matches!(name, "title" | "desc")
            });
        if is_plain {
            self.cut(end, close);
            return close;
        }
        end
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

/// The name of a tag to its end, hyphens too.
fn whole_name(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len());
    tag.get(..end).unwrap_or("")
}

/// A name in small letters; none if it is longer than any that matters.
fn lower<'b>(name: &str, buffer: &'b mut [u8; LONGEST_NAME]) -> &'b str {
    let Some(place) = buffer.get_mut(..name.len()) else { return "" };
    place.copy_from_slice(name.as_bytes());
    place.make_ascii_lowercase();
    std::str::from_utf8(place).unwrap_or("")
}

/// The names of the tags that open in a text.
fn tags_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter(|tag| !tag.starts_with('/')).map(|tag| {
        let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        tag.get(..length).unwrap_or("")
    })
}

/// Elements that the parser closes by itself when the next one opens, and those that never hold anything.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "td"
            | "th"
            | "tr"
            | "dt"
            | "dd"
            | "option"
            | "optgroup"
            | "thead"
            | "tbody"
            | "tfoot"
            | "colgroup"
            | "col"
            | "rp"
            | "rt"
            | "html"
            | "head"
            | "body"
            | "area"
            | "base"
            | "br"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "basefont"
            | "bgsound"
            | "frame"
            | "keygen"
    )
}

/// Elements of drawings that hold no HTML and do not end a drawing (HTML standard, section 13.2.6.5).
fn is_drawn(name: &str) -> bool {
    matches!(
        name,
        "path"
            | "use"
            | "circle"
            | "rect"
            | "line"
            | "polygon"
            | "polyline"
            | "ellipse"
            | "stop"
            | "g"
            | "defs"
            | "image"
            | "lineargradient"
            | "clippath"
            | "mask"
            | "symbol"
            | "text"
            | "tspan"
    )
}

/// Elements whose text is no mark-up.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed")
}

/// Whether a script is no program but data: linked data, or the state of an app.
fn holds_data(tag: &str) -> bool {
    memmem::find(tag.to_ascii_lowercase().as_bytes(), b"json").is_some() || tag.contains("__NEXT_DATA__")
}

/// Where the text of a raw element ends: before its closing tag.
fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(start) = memmem::find(bytes.get(at..).unwrap_or_default(), b"</").map(|offset| at + offset) {
        let is_it = bytes.get(start + 2..start + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        if is_it {
            return start;
        }
        at = start + 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> (String, Option<Note>) {
        let Tamed { text, note, .. } = tame(page);
        (text.into_owned(), note)
    }

    #[test]
    fn normal_pages_are_left_as_they_are() {
        for page in ["<p>a<p>b<p>c", "<script type='application/ld+json'>\"</b><div>\"</script>", "< a <1 <!-- <div> --> </ >", "<"] {
            assert_eq!(told(page), (page.to_owned(), None), "{page}");
        }
    }

    #[test]
    fn drawings_are_wide_and_not_deep() {
        for drawn in ["<path d=x/><g><use href=y /></g>", "<text x=1>NOT</text><polygon points=1,1 />"] {
            assert!(tame(&format!("<p>a<svg>{}</svg><p>b", drawn.repeat(5_000))).note.is_none(), "{drawn}");
        }
        for opening in ["<svg><g>", "<svg>", "<svg><div/>"] {
            assert!(tame(&opening.repeat(5_000)).note.is_some(), "{opening}");
        }
        for page in [format!("<svg>{}", "<div/>".repeat(5_000)), format!("<svg><p>{}", "<path/>".repeat(5_000))] {
            assert!(tame(&page).note.is_some());
        }
    }

    #[test]
    fn what_closes_a_dropped_tag_does_not_lead_up() {
        let page = "<div><a href=/b>x</a>".repeat(3_000);
        let Tamed { text, note, .. } = tame(&page);
        let parsed = scraper::Html::parse_document(&text);
        let deepest = parsed.tree.nodes().map(|node| node.ancestors().count()).max().unwrap_or(0);
        assert!(deepest <= DEEPEST + 8 && note.is_some(), "{deepest}");
    }

    #[test]
    fn crowded_tags_lose_their_attributes_and_nothing_else() {
        let attributes: String = (0..5_000).map(|number| format!(" a{number}=1")).collect();
        let page = format!("<p>before<p{attributes}>text</p><p>after");
        let (tamed, cut) = told(&page);
        assert_eq!((tamed.as_ref(), cut.is_some()), ("<p>before<p>text</p><p>after", true));
    }

    #[test]
    fn a_page_of_nothing_but_tags_is_cut() {
        let page = "<br>".repeat(MOST_TAGS + 10_000);
        let (tamed, cut) = told(&page);
        assert_eq!((tamed.len(), cut.is_some()), (MOST_TAGS * 4, true));
    }

    #[test]
    fn programs_styles_and_drawings_are_left_empty() {
        let check = |page: &str, expected: &str| assert_eq!(told(page), (expected.to_owned(), None), "{page}");
        check("<p>a<script>if (a</b) '<div>'</script><p>b", "<p>a<script></script><p>b");
        check("<STYLE media=x>p{}</STYLE>b", "<STYLE media=x></STYLE>b");
        check("<svg><title>T</title><g><path d=x /></g></svg>b", "<svg></svg>b");
        check("<script>x", "<script>");
        for page in [
            "<script type='application/json'>{}</script>",
            "<script id=__NEXT_DATA__>{}</script>",
            "<script>window.__STATE__ = {}</script>",
            "<script><!-- <script>x</script> --></script>",
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
