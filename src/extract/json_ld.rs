//! A lenient reading of JSON-LD: every typed node of every script, flattened, `@graph` and nesting included.

use serde_json::{Map, Value};

use crate::html::Dom;
use crate::url::Url;

/// The nodes of a page's JSON-LD, in order.
#[derive(Debug, Clone, Default)]
pub struct JsonLd {
    nodes: Vec<Map<String, Value>>,
    /// For each node, whether it lies within a list of others, or among what the page's own mentions.
    others: Vec<bool>,
    /// Places of the nodes that describe the article, the most telling first.
    articles: Vec<usize>,
}

/// Deeper nesting is no description of a page.
const DEEPEST: usize = 12;
/// More nodes than this are a catalogue.
const MOST_NODES: usize = 500;
/// Where a node keeps others that are not the page's own article.
const OTHERS: [&str; 8] =
    ["itemListElement", "liveBlogUpdate", "mentions", "hasPart", "citation", "isRelatedTo", "relatedLink", "workTranslation"];
/// Types that describe the article of a page, the most telling first.
const ARTICLES: [&str; 14] = [
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "TechArticle",
    "ScholarlyArticle",
    "Report",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "CreativeWork",
];

impl JsonLd {
    /// Reads all scripts of a page; what cannot be read is left out.
    pub fn read(dom: &Dom) -> Self {
        let mut data = Self::default();
        for script in &dom.survey.json_ld {
            if let Some(value) = parse(script) {
                data.flatten(value, 0, false);
            }
        }
        let rank = |node| ARTICLES.iter().position(|kind| is_type(node, kind));
        let is_other = |place: usize| data.others.get(place).copied().unwrap_or(false);
        let mut ranked: Vec<(bool, bool, usize, usize)> = data
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(place, node)| Some((place, node, rank(node)?)))
            .map(|(place, node, rank)| (is_other(place), is_elsewhere(node, dom), rank, place))
            .collect();
        ranked.sort_unstable();
        data.articles = ranked.into_iter().map(|(.., place)| place).collect();
        data
    }

    /// All nodes.
    pub fn nodes(&self) -> &[Map<String, Value>] {
        &self.nodes
    }

    /// The nodes that do not lie within a list of others, or among what the page's own mentions.
    pub fn own_nodes(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.nodes.iter().zip(&self.others).filter(|(_, is_other)| !**is_other).map(|(node, _)| node)
    }

    /// The nodes that describe the article, the most telling first.
    pub fn articles(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.articles.iter().filter_map(|place| self.nodes.get(*place))
    }

    /// The nodes of a type.
    pub fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Map<String, Value>> {
        self.nodes.iter().filter(move |node| is_type(node, kind))
    }

    /// A text of the article, the first that is not empty.
    pub fn article_text(&self, key: &str) -> Option<String> {
        self.articles().find_map(|node| text(node.get(key)?))
    }

    /// The whole body, where the page keeps it here.
    pub fn article_body(&self) -> Option<String> {
        self.articles().find_map(|node| Some(unescape(node.get("articleBody")?.as_str()?))).filter(|body| body.len() > 200)
    }

    /// The node that a reference `{"@id": …}` stands for, or the node itself.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> Option<&'a Map<String, Value>> {
        let node = value.as_object()?;
        let Some(id) = node.get("@id").and_then(Value::as_str).filter(|_| node.len() == 1) else { return Some(node) };
        self.nodes.iter().find(|other| other.len() > 1 && other.get("@id").and_then(Value::as_str) == Some(id)).or(Some(node))
    }

    fn flatten(&mut self, value: Value, depth: usize, is_other: bool) {
        if depth > DEEPEST || self.nodes.len() >= MOST_NODES {
            return;
        }
        match value {
            Value::Array(values) => values.into_iter().for_each(|value| self.flatten(value, depth + 1, is_other)),
            Value::Object(node) => {
                if node.contains_key("@type") {
                    self.nodes.push(node.clone());
                    self.others.push(is_other);
                }
                for (key, inner) in node.into_iter().filter(|(_, inner)| inner.is_array() || inner.is_object()) {
                    let is_other = is_other || OTHERS.contains(&key.as_str());
                    self.flatten(inner, depth + 1, is_other);
                }
            }
            _ => {}
        }
    }
}

/// Whether a node says that it describes another page than this one.
pub(super) fn is_elsewhere(node: &Map<String, Value>, dom: &Dom) -> bool {
    let place = |url: &Url| url.path().trim_end_matches('/').to_owned();
    // Some name their section as the page of all its articles, so that each address is looked at.
    let addresses = ["mainEntityOfPage", "url"].iter().filter_map(|key| match node.get(*key)? {
        Value::String(address) => Some(address.as_str()),
        Value::Object(page) => page.get("@id").or_else(|| page.get("url"))?.as_str(),
        _ => None,
    });
    let told: Vec<String> = addresses.filter_map(|address| dom.base.join(address)).map(|url| place(&url)).collect();
    let canonical = dom.survey.links.iter().find(|link| link.rel.split_whitespace().any(|rel| rel == "canonical"));
    let canonical = canonical.and_then(|link| dom.base.join(&link.href)).map(|url| place(&url));
    let is_this = |told: &String| *told == place(&dom.url) || canonical.as_ref() == Some(told);
    !told.is_empty() && !told.iter().any(is_this)
}

/// Whether a node is of a type; `schema:` and full addresses count.
pub fn is_type(node: &Map<String, Value>, kind: &str) -> bool {
    let same = |value: &Value| value.as_str().is_some_and(|name| name.rsplit(['/', ':', '#']).next() == Some(kind));
    match node.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(same),
        Some(one) => same(one),
        None => false,
    }
}

/// The text of a value: itself, its `@value`, its `name`, or the first of a list.
pub fn text(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(text) => crate::html::collapse(&unescape(text)),
        Value::Array(values) => return values.iter().find_map(text),
        Value::Object(node) => return ["@value", "name", "url", "@id"].iter().find_map(|key| text(node.get(*key)?)),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let script = script
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("]]>")
        .trim_end_matches("//]]>")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    // Line breaks inside strings and commas before a bracket are the common faults.
    let mended: String = script.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    serde_json::from_str(&mended).ok().or_else(|| serde_json::from_str(&without_stray_commas(&mended)).ok())
}

fn without_stray_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for character in text.chars() {
        if !quoted && matches!(character, ']' | '}') {
            let kept = out.trim_end().len();
            if out.get(..kept).is_some_and(|before| before.ends_with(',')) {
                out.truncate(kept - 1);
            }
        }
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = character == '\\' && !escaped;
        out.push(character);
    }
    out
}

/// Many systems escape for HTML what stands in a script, where nothing unescapes it; some do it twice.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (character, after) = match first_entity(after) {
            // `&amp;#8217;` was escaped twice.
            Some(('&', inner)) if inner.starts_with('#') => first_entity(inner).unwrap_or(('&', inner)),
            found => found.unwrap_or(('&', after)),
        };
        out.push(character);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The character of the entity that a text begins with, and what follows. The text may be all signs and hold no end of any, so no more is looked at than a name.
fn first_entity(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(LONGEST_ENTITY + 1).position(|byte| byte == b';')?;
    Some((entity(text.get(..end)?)?, text.get(end + 1..)?))
}

/// No name of an entity that text is escaped with is longer.
const LONGEST_ENTITY: usize = 8;

/// The character of an entity's name: the named ones of running text, and all numbers.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| number.parse().ok(), |number| u32::from_str_radix(number, 16).ok())?;
        return char::from_u32(code).filter(|character| !character.is_control());
    }
    Some(match name {
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "nbsp" => ' ',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "aacute" => 'á',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        "ntilde" => 'ñ',
        "ccedil" => 'ç',
        _ => return None,
    })
}

/// Whether schema.org calls a text by this type.
pub fn is_article_type(kind: &str) -> bool {
    ARTICLES.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> JsonLd {
        let page = format!("<script type='application/ld+json'>{script}</script>");
        JsonLd::read(&crate::html::parse(&page, &Url::parse("https://a.example/").unwrap()))
    }

    #[test]
    fn escaped_text_is_read() {
        let check = |text: &str, expected: &str| assert_eq!(unescape(text), expected, "{text}");
        check("Fish &amp; chips &#038; peas", "Fish & chips & peas");
        check("It&#8217;s &amp;#8217;twas", "It’s ’twas");
        check("M&uuml;ller &raquo; R&B; a && b", "Müller » R&B; a && b");
    }

    #[test]
    fn the_pages_own_article_comes_before_others() {
        let check = |script: &str| assert_eq!(read(script).article_text("headline").as_deref(), Some("own"), "{script}");
        check(
            r#"[{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"other"}]},{"@type":"BlogPosting","headline":"own"}]"#,
        );
        check(r#"{"@type":"LiveBlogPosting","headline":"own","liveBlogUpdate":[{"@type":"BlogPosting","headline":"other"}]}"#);
        check(
            r#"[{"@type":"Article","url":"https://a.example/b","headline":"other"},{"@type":"Article","url":"https://a.example/","headline":"own"}]"#,
        );
        check(r#"[{"@type":"NewsArticle","mainEntityOfPage":{"@id":"/b"},"headline":"other"},{"@type":"BlogPosting","headline":"own"}]"#);
        // What is only in a list is better than nothing.
        check(r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"own"}]}"#);
    }

    #[test]
    fn nested_and_broken_scripts_are_read() {
        assert_eq!(
            read(r#"{"@graph":[{"@type":"NewsArticle","headline":"A &amp; B"}]}"#).article_text("headline").as_deref(),
            Some("A & B")
        );
        assert_eq!(read("{\"@type\":\"Article\",\"headline\":\"two\nlines\",}").article_text("headline").as_deref(), Some("two lines"));
        assert_eq!(
            read(r#"[{"@type":["http://schema.org/BlogPosting"],"headline":["x"]}]"#).article_text("headline").as_deref(),
            Some("x")
        );
        assert!(read("nonsense").nodes().is_empty());
    }
}
