//! From text to a tree, with caps that keep hostile pages cheap.

use std::borrow::Cow;

use html5ever::driver;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{Html, HtmlTreeSink};

use super::survey::Survey;
use crate::model::Note;
use crate::url::Url;

/// Browsers stop here as well. Real pages nest a hundred deep, but their unclosed tags count as nesting in the walk below; the parser's time
/// grows with the square of the depth.
const DEEPEST: usize = 512;
/// Elements that the parser closes by itself when the next one opens, and those that never hold anything.
const CLOSING_THEMSELVES: [&str; 36] = [
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "col", "rp", "rt", "html",
    "head", "body", "area", "base", "br", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "basefont",
    "bgsound", "frame", "keygen",
];
/// The parser compares each attribute of a tag with all before it. No tag of a real page has so many words.
const MOST_WORDS_IN_TAG: usize = 2_000;
/// The largest real pages have some fifty thousand elements. Each costs a few hundred bytes in the tree, so that a page of nothing but tags
/// would take thirty times its size.
const MOST_TAGS: usize = 150_000;
/// Elements of drawings that hold no HTML and do not end a drawing (HTML standard, section 13.2.6.5).
const DRAWN: [&str; 16] = [
    "path",
    "use",
    "circle",
    "rect",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "stop",
    "g",
    "defs",
    "image",
    "lineargradient",
    "clippath",
    "mask",
    "symbol",
];
/// Elements whose text is no mark-up.
const RAW: [&str; 7] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed"];

/// The one tree of a page, and what a walk over it gathered.
pub struct Dom {
    /// The tree.
    pub html: Html,
    /// Where the page came from.
    pub url: Url,
    /// What relative addresses resolve against: `<base href>`, else `url`.
    pub base: Url,
    /// What the walk gathered.
    pub survey: Survey,
    /// What was cut or odd.
    pub notes: Vec<Note>,
}

/// Parses a page. Never fails; never panics; time is linear in the size of `text`.
pub fn parse(text: &str, url: &Url) -> Dom {
    let options =
        driver::ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() }, ..Default::default() };
    let (text, dropped) = tame(text);
    let mut notes = Vec::new();
    if dropped > 0 {
        notes.push(Note::new(
            "tags-cut",
            format!("{dropped} tags that nested deeper than {DEEPEST}, had more than {MOST_WORDS_IN_TAG} attributes or came after {MOST_TAGS} others were cut"),
        ));
    }
    let html = driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(text.as_ref());
    let survey = Survey::walk(&html);
    let base = survey.base_href.as_deref().and_then(|href| url.join(href)).unwrap_or_else(|| url.clone());
    Dom { html, url: url.clone(), base, survey, notes }
}

/// Leaves out tags that nest too deep, in one linear walk over the text; says how many. A page that nests normally is not copied.
fn tame(text: &str) -> (Cow<'_, str>, usize) {
    let bytes = text.as_bytes();
    let (mut depth, mut dropped, mut kept, mut tags, mut drawings) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let mut out = String::new();
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'<', bytes.get(at..).unwrap_or_default()).map(|offset| at + offset) {
        let rest = text.get(start + 1..).unwrap_or("");
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(bytes.len(), |end| start + 1 + end + 3);
            continue;
        }
        let closes = rest.starts_with('/');
        let named = rest.strip_prefix('/').unwrap_or(rest);
        let length = named.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = named.get(..length).unwrap_or("").to_ascii_lowercase();
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        tags += usize::from(!closes);
        if tags > MOST_TAGS {
            out.push_str(text.get(kept..start).unwrap_or(""));
            return (Cow::Owned(out), dropped + 1);
        }
        let end = memchr::memchr(b'>', bytes.get(start..).unwrap_or_default()).map_or(bytes.len(), |offset| start + offset + 1);
        at = end;
        // Two bytes a word are the least, so only long tags are looked at.
        let is_crowded = end - start > MOST_WORDS_IN_TAG * 2
            && text.get(start..end).is_some_and(|tag| tag.split_ascii_whitespace().count() > MOST_WORDS_IN_TAG);
        if is_crowded {
            out.push_str(text.get(kept..start + 1 + usize::from(closes) + length).unwrap_or(""));
            out.push('>');
            kept = end;
            dropped += 1;
        }
        // Only within a drawing does `/>` close an element, and a drawing has hundreds of those. Any other tag may lead back out of it.
        let is_drawn = DRAWN.contains(&name.as_str());
        if drawings > 0 && is_drawn && text.get(start..end).is_some_and(|tag| tag.ends_with("/>")) {
            continue;
        }
        drawings = usize::from(name == "svg" && !closes || drawings > 0 && is_drawn);
        if RAW.contains(&name.as_str()) && !closes {
            at = raw_end(text, end, &name);
        } else if !CLOSING_THEMSELVES.contains(&name.as_str()) {
            let too_deep = if closes { depth > DEEPEST } else { depth >= DEEPEST };
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
            if too_deep {
                out.push_str(text.get(kept..start).unwrap_or(""));
                kept = end;
                dropped += 1;
            }
        }
    }
    if dropped == 0 {
        return (Cow::Borrowed(text), 0);
    }
    out.push_str(text.get(kept..).unwrap_or(""));
    (Cow::Owned(out), dropped)
}

/// Where the text of a raw element ends: before its closing tag.
fn raw_end(text: &str, from: usize, name: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(start) = memchr::memmem::find(bytes.get(at..).unwrap_or_default(), b"</").map(|offset| at + offset) {
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

    #[test]
    fn normal_pages_are_left_as_they_are() {
        for page in ["<p>a<p>b<p>c", "<div><script>if (a</b) '<div>'</script></div>", "< a <1 <!-- <div> --> </ >", "<"] {
            assert!(matches!(tame(page), (Cow::Borrowed(_), 0)), "{page}");
        }
    }

    #[test]
    fn drawings_are_wide_and_not_deep() {
        let page = format!("<p>a<svg>{}</svg><p>b", "<path d=x/><g><use href=y /></g>".repeat(5_000));
        assert!(matches!(tame(&page), (Cow::Borrowed(_), 0)));
        for opening in ["<svg><g>", "<svg>", "<svg><div/>"] {
            assert!(tame(&opening.repeat(5_000)).1 > 0, "{opening}");
        }
        for page in [format!("<svg>{}", "<div/>".repeat(5_000)), format!("<svg><p>{}", "<path/>".repeat(5_000))] {
            assert!(tame(&page).1 > 0);
        }
    }

    #[test]
    fn crowded_tags_lose_their_attributes_and_nothing_else() {
        let attributes: String = (0..5_000).map(|number| format!(" a{number}=1")).collect();
        let page = format!("<p>before<p{attributes}>text</p><p>after");
        let (tamed, cut) = tame(&page);
        assert_eq!((tamed.as_ref(), cut), ("<p>before<p>text</p><p>after", 1));
    }

    #[test]
    fn a_page_of_nothing_but_tags_is_cut() {
        let page = "<br>".repeat(MOST_TAGS + 10_000);
        let (tamed, cut) = tame(&page);
        assert_eq!((tamed.len(), cut), (MOST_TAGS * 4, 1));
    }

    #[test]
    fn deep_nesting_is_cut_and_the_text_stays() {
        let page = format!("{}text{}<p>after", "<div>".repeat(50_000), "</div>".repeat(50_000));
        let dom = parse(&page, &Url::parse("https://a.example/").unwrap());
        assert_eq!(dom.notes[0].code, "tags-cut");
        let text: String = dom.html.root_element().text().collect();
        assert_eq!(text, "textafter");
    }
}
