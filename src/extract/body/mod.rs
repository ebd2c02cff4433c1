//! The body of an article: which element holds it, and what of it is text.
//!
//! One pass weighs every element (`find`); the winner is written out as sanitised HTML and as plain text in one walk (`write`), furniture left out.
//! Nothing is cloned or parsed twice. A body that the page keeps only in its structured data is taken from there.

mod find;
mod shape;
mod teaser;
mod write;

use ego_tree::NodeId;
use scraper::ElementRef;

use super::{Context, Rules, json_ld::JsonLd};
use crate::html::{Dom, sanitize};
use crate::model::{Body, Candidate, Extraction, Found, Note, Origin};

/// Text of structured data replaces the page's own only if that much longer: then the page shows a teaser.
const LONGER_BY: f64 = 1.5;
/// So many characters are surely an article; quality grows up to there.
const WHOLE: f64 = 1_500.0;

/// Fills `body` and `quality`; gives the element that was taken as the article's root, for the credit.
pub fn fill(dom: &Dom, data: &JsonLd, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) -> Option<NodeId> {
    let title = extraction.article.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    let configured =
        rules.body.as_ref().and_then(|css| Some((dom.html.select(css.selector()).next()?.id(), format!("css {}", css.as_str()))));
    if let (Some(css), None) = (&rules.body, &configured) {
        extraction.notes.push(Note::new(
            "selector-missed",
            format!("`article.body` (`{}`) matches nothing; the body was found automatically", css.as_str()),
        ));
    }
    let by_rule = configured.is_some();
    let found = configured.or_else(|| find::root(dom));
    let authors: Vec<String> = extraction.article.authors.iter().map(|author| author.value.clone()).collect();
    let options = write::Options { title: &title, authors: &authors, base: &dom.base, remove: &rules.remove, prune: !by_rule };
    let body = found.as_ref().and_then(|(id, _)| Some(write::body(ElementRef::wrap(dom.html.tree.get(*id)?)?, &options)));
    let (mut body, mut origin) = (body.unwrap_or_default(), found.as_ref().map_or("", |(_, origin)| origin).to_owned());
    if !by_rule && let Some(told) = data.article_body().filter(|told| is_longer(told, &body.text)) {
        body = from_text(&told, dom);
        "json-ld articleBody".clone_into(&mut origin);
    }
    if context.explain && !origin.is_empty() {
        let value = body.text.chars().take(80).collect();
        extraction.candidates.push(Candidate { field: "body".to_owned(), value, origin: Origin::new(&origin), verdict: "won".to_owned() });
    }
    extraction.quality = quality(&body.text, extraction);
    if body.text.is_empty() {
        extraction.notes.push(Note::new("no-body", "no article text was found"));
    } else {
        extraction.article.body = Some(Found::new(body, origin));
    }
    extraction.article.next = dom
        .survey
        .links
        .iter()
        .find(|link| link.rel.split_whitespace().any(|rel| rel == "next"))
        .and_then(|link| dom.base.join(&link.href));
    found.map(|(id, _)| id)
}

fn is_longer(told: &str, shown: &str) -> bool {
    told.chars().count() as f64 > shown.chars().count() as f64 * LONGER_BY + 200.0
}

/// Structured data hold plain text, now and then with mark-up in it.
fn from_text(told: &str, dom: &Dom) -> Body {
    if told.contains("</p>") || told.contains("<br") {
        let html = sanitize::fragment(told, &dom.base);
        let text = scraper::Html::parse_fragment(html.as_str()).root_element().text().collect::<Vec<_>>().join("\n\n");
        return Body { html, text };
    }
    let paragraphs: Vec<&str> = told.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    Body { html: sanitize::paragraphs(&paragraphs), text: paragraphs.join("\n\n") }
}

/// How likely this is a whole article: text, a headline, a date.
fn quality(text: &str, extraction: &Extraction) -> f64 {
    let length = (text.chars().count() as f64 / WHOLE).min(1.0);
    let has = |present: bool| if present { 1.0 } else { 0.0 };
    0.6 * length + 0.2 * has(extraction.article.title.is_some()) + 0.2 * has(extraction.article.published.is_some())
}
