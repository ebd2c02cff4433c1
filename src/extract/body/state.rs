//! A body that the page keeps only in the data of its own scripts, which would build the page from them.
//!
//! Systems keep a text as one string of HTML or plain text, or as a list of blocks whose texts lie at their own depth (rich text of Contentful, Portable Text,
//! Slate, ProseMirror, Gutenberg). No recursion over the data but for the few levels of a block: they are a stranger's.

use serde_json::{Map, Value};

use crate::html::{Dom, headline_of, is_headline, letters, page_data};

/// Deeper data are looked at no further, and not more values than this.
const DEEPEST: usize = 40;
const MOST_VALUES: usize = 200_000;
/// Levels within a block: list, item, paragraph, mark, text.
const BLOCK_DEPTH: usize = 8;
/// A shorter text is a teaser or a label.
const SHORTEST: usize = 300;
/// What no headline marks as this page's is taken only where it is long, and the page shows nothing.
const SHORTEST_UNTITLED: usize = 800;
/// A shorter string is no paragraph.
const SHORTEST_PARAGRAPH: usize = 25;
/// Fewer blocks are no text.
const FEWEST_BLOCKS: usize = 2;
/// What has an address of its own is another page.
const ADDRESSES: [&str; 7] = ["url", "link", "href", "slug", "canonicalUrl", "permalink", "path"];
/// Where a block keeps its text, and the blocks within it.
const TEXTS: [&str; 11] = ["text", "value", "content", "html", "children", "attributes", "data", "body", "paragraph", "items", "innerHTML"];

/// A text found, and how much of it there is.
struct Found {
    html: String,
    length: usize,
    /// Whether the object that holds it has the page's headline.
    titled: bool,
}

/// The text of the page's article, as HTML that is not yet clean. `shown` is how much text the page itself shows.
pub(super) fn body(dom: &Dom, title: &str, shown: usize) -> Option<String> {
    let title = letters(title);
    let mut best: Option<Found> = None;
    for value in page_data(dom) {
        search(&value, &title, &mut best);
    }
    let best = best?;
    let enough = if best.titled { SHORTEST } else { SHORTEST_UNTITLED };
    (best.length >= enough && (best.titled || shown < SHORTEST)).then_some(best.html)
}

fn search(value: &Value, title: &str, best: &mut Option<Found>) {
    let mut seen = 0;
    let mut open = vec![(value, 0_usize, false)];
    while let Some((value, depth, titled)) = open.pop() {
        seen += 1;
        if depth > DEEPEST || seen > MOST_VALUES {
            continue;
        }
        match value {
            Value::Object(node) => {
                // What lies in another article's object is that article's.
                let titled = match headline_of(node) {
                    Some(other) => is_headline(&other, title),
                    None => titled,
                };
                open.extend(node.values().map(|value| (value, depth + 1, titled)));
            }
            Value::Array(values) => {
                offer(best, blocks(values), titled);
                open.extend(values.iter().map(|value| (value, depth + 1, titled)));
            }
            Value::String(text) if is_prose(text) => offer(best, Some(as_html(text)), titled),
            _ => {}
        }
    }
}

fn offer(best: &mut Option<Found>, html: Option<String>, titled: bool) {
    let Some(html) = html else { return };
    let length = text_length(&html);
    if best.as_ref().is_none_or(|best| (best.titled, best.length) < (titled, length)) {
        *best = Some(Found { html, length, titled });
    }
}

/// A list of blocks as HTML, where most have text and few have an address.
fn blocks(values: &[Value]) -> Option<String> {
    let objects: Vec<&Map<String, Value>> = values.iter().filter_map(Value::as_object).collect();
    let addressed = objects.iter().filter(|node| ADDRESSES.iter().any(|key| node.contains_key(*key))).count();
    if objects.len() < FEWEST_BLOCKS || addressed * 2 > objects.len() {
        return None;
    }
    let mut html = String::new();
    let mut paragraphs = 0;
    for node in objects {
        let mut text = String::new();
        gather(node, 0, &mut text);
        if text.trim().is_empty() {
            continue;
        }
        paragraphs += usize::from(text.len() >= SHORTEST_PARAGRAPH);
        let tag = tag_of(node);
        html.push_str(&format!("<{tag}>{text}</{tag}>\n"));
    }
    (paragraphs >= FEWEST_BLOCKS).then_some(html)
}

/// The text of a block, in the order of its parts.
fn gather(node: &Map<String, Value>, depth: usize, out: &mut String) {
    if depth > BLOCK_DEPTH {
        return;
    }
    let is_item = kind(node).contains("item") || kind(node).contains("paragraph") && depth > 1;
    if is_item && !out.is_empty() {
        out.push_str("<br>");
    }
    let before = out.len();
    for value in TEXTS.iter().filter_map(|key| node.get(*key)) {
        // The first that has text has all of it: some systems keep it rendered too.
        if out.len() > before {
            break;
        }
        match value {
            Value::String(text) if text.contains("</") => out.push_str(text),
            Value::String(text) => out.push_str(&escaped(text)),
            Value::Object(inner) => gather(inner, depth + 1, out),
            Value::Array(values) => values.iter().filter_map(Value::as_object).for_each(|inner| gather(inner, depth + 1, out)),
            _ => {}
        }
    }
}

fn kind(node: &Map<String, Value>) -> String {
    let kind = ["type", "nodeType", "_type", "style", "name", "tag"].iter().filter_map(|key| node.get(*key)?.as_str());
    kind.collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

/// The element that a block is written as.
fn tag_of(node: &Map<String, Value>) -> &'static str {
    let kind = kind(node);
    let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    match () {
        () if says(&["heading", "header", "h1", "h2", "h3", "h4", "title"]) => "h2",
        () if says(&["quote"]) => "blockquote",
        () if says(&["code", "preformatted"]) => "pre",
        () if says(&["list"]) => "div",
        () => "p",
    }
}

/// Whether a string is running text: words, and neither script nor style nor data.
fn is_prose(text: &str) -> bool {
    let start = text.trim_start();
    if text.len() < SHORTEST || start.starts_with(['{', '[']) || !text.contains(' ') {
        return false;
    }
    let (mut letters, mut signs, mut inside) = (0_usize, 0_usize, false);
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            '{' | '}' | ';' | '=' | '\\' => signs += 1,
            _ if character.is_alphabetic() => letters += 1,
            _ => {}
        }
    }
    letters >= SHORTEST / 2 && signs * 20 < letters
}

/// Plain text becomes paragraphs; HTML stays.
fn as_html(text: &str) -> String {
    if text.contains("</") || text.contains("<br") || text.contains("<p>") {
        return text.to_owned();
    }
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("<p>{}</p>\n", escaped(line))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Characters outside of tags.
fn text_length(html: &str) -> usize {
    let mut inside = false;
    let outside = |character: &char| {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            _ => return !inside,
        }
        false
    };
    html.chars().filter(outside).count()
}

#[cfg(test)]
mod tests {
    use crate::extract::{Context, Rules, extract};
    use crate::html;
    use crate::url::Url;

    const FIRST: &str = "The mill at Harrowmere will grind again from the first of May, said the board of the valley on Monday evening.";
    const SECOND: &str =
        "Its wheel stood still for eleven years, and the children of the village learned to swim in the quiet water above it.";
    const THIRD: &str =
        "Whoever brings a sack of rye before noon may take the flour home on the same day, for the price of one loaf of bread.";

    /// The text of a page that shows nothing but carries these data.
    fn text(data: &str) -> String {
        let page = format!(
            "<title>The mill grinds again</title><div id=root></div><nav><a href=/a>News</a></nav><script id=__NEXT_DATA__ type=application/json>{data}</script>"
        );
        let dom = html::parse(&page, &Url::parse("https://harrowmere.example/mill").unwrap());
        extract(&dom, &Rules::default(), &Context::default()).article.body.map(|body| body.value.text).unwrap_or_default()
    }

    #[test]
    fn the_text_of_the_pages_own_article_is_read() {
        let whole = [FIRST, SECOND, THIRD].join("\n\n");
        let html = format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>");
        let check = |data: String| assert_eq!(text(&data), whole, "{data}");
        check(format!(r#"{{"props":{{"post":{{"title":"The mill grinds again","body":"{html}"}}}}}}"#));
        check(format!(r#"{{"post":{{"title":{{"rendered":"The mill grinds again"}},"content":{{"rendered":"{html}"}}}}}}"#));
        check(format!(r#"{{"post":{{"headline":"The mill grinds again","text":"{FIRST}\n{SECOND}\n{THIRD}"}}}}"#));
        // Another article's text is longer.
        let other = format!(r#"{{"title":"The bridge is closed","body":"{html}{html}"}}"#);
        check(format!(r#"{{"next":{other},"post":{{"title":"The mill grinds again","body":"{html}"}},"more":[{other}]}}"#));
    }

    #[test]
    fn the_text_in_a_stream_is_read() {
        let html = format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>");
        let page = format!(
            r#"<title>The mill grinds again</title><div id=root></div><script>(self.__next_f=self.__next_f||[]).push([0])</script>
            <script>self.__next_f.push([1,"7:I[1,[],\"\"]\n24:T{:x},"])</script><script>self.__next_f.push([1,"{html}"])</script>
            <script>self.__next_f.push([1,"5:[\"$\",\"$L7\",null,{{\"title\":\"The mill grinds again\",\"contentHtml\":\"$24\"}}]\n"])</script>"#,
            html.len()
        );
        let dom = html::parse(&page, &Url::parse("https://harrowmere.example/mill").unwrap());
        let body = extract(&dom, &Rules::default(), &Context::default()).article.body.unwrap().value;
        assert_eq!(body.text, [FIRST, SECOND, THIRD].join("\n\n"));
    }

    #[test]
    fn blocks_are_paragraphs_headings_and_lists() {
        let portable =
            |text: &str, style: &str| format!(r#"{{"_type":"block","style":"{style}","children":[{{"_type":"span","text":"{text}"}}]}}"#);
        let blocks =
            [portable(FIRST, "normal"), portable("The wheel", "h2"), portable(SECOND, "normal"), portable(THIRD, "normal")].join(",");
        let expected = [FIRST, "The wheel", SECOND, THIRD].join("\n\n");
        assert_eq!(text(&format!(r#"{{"title":"The mill grinds again","content":[{blocks}]}}"#)), expected);
        let rich = |text: &str| {
            let (start, end) = text.split_at(20);
            format!(
                r#"{{"nodeType":"paragraph","content":[{{"nodeType":"text","value":"{start}"}},{{"nodeType":"text","value":"{end}"}}]}}"#
            )
        };
        let content = [rich(FIRST), rich(SECOND), rich(THIRD)].join(",");
        let document = format!(r#"{{"title":"The mill grinds again","body":{{"json":{{"nodeType":"document","content":[{content}]}}}}}}"#);
        assert_eq!(text(&document), [FIRST, SECOND, THIRD].join("\n\n"));
        let core = |text: &str| format!(r#"{{"name":"core/paragraph","attributes":{{"content":"{text}"}},"innerHTML":"<p>{text}</p>"}}"#);
        let content = [core(FIRST), core(SECOND), core(THIRD)].join(",");
        assert_eq!(text(&format!(r#"{{"title":"The mill grinds again","blocks":[{content}]}}"#)), [FIRST, SECOND, THIRD].join("\n\n"));
    }

    #[test]
    fn what_is_no_article_is_left() {
        // The menu is all that this page shows.
        let check = |data: String| assert!(!text(&data).contains(&FIRST[..20]), "{data}");
        check(format!(r#"{{"title":"The bridge is closed","body":"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"}}"#));
        check(r#"{"title":"The mill grinds again","body":"Soon."}"#.to_owned());
        let teasers = [FIRST, SECOND, THIRD].map(|text| format!(r#"{{"url":"/a","text":"{text}"}}"#)).join(",");
        check(format!(r#"{{"title":"The mill grinds again","items":[{teasers}]}}"#));
        check(format!("{{\"a\":{}1{}}}", "[".repeat(120), "]".repeat(120)));
    }
}
