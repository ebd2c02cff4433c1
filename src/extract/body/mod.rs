//! The body of an article: which element holds it, and what of it is text.
//!
//! One walk reads the page as lines of text and the boxes around them (`lines`); `features` tells what is known of each line, and a fitted `judge` says how likely
//! it is the article's. The lines that are kept are written out as sanitised HTML and as plain text in one walk (`write`). Nothing is cloned or parsed twice. A body
//! that the page keeps only in its structured data is taken from there.

mod address;
mod agree;
pub mod coarse;
mod features;
mod fork;
mod hints;
pub mod judge;
mod lines;
mod mend;
mod promo;
mod sayings;
mod shape;
pub mod sheet;
mod standing;
mod state;
mod teaser;
#[cfg(test)]
mod tests;
mod vocabulary;
pub mod weight;
mod write;

use ego_tree::NodeId;
use scraper::ElementRef;

use super::{Context, Rules, json_ld::JsonLd};
use crate::html::{self, Css, Dom, sanitize};
use crate::model::{Body, Candidate, Extraction, Found, Note, Origin};
use sheet::Sheet;

/// Text of structured data replaces the page's own only if that much longer: then the page shows a teaser.
const LONGER_BY: f64 = 1.5;
/// A page that shows more is not built from its data by a script.
const TEASER: usize = 400;
/// So many characters are surely an article; quality grows up to there.
const WHOLE: f64 = 1_500.0;

/// Fills `body` and `quality`; gives the element that was taken as the article's root, for the credit.
pub fn fill(dom: &Dom, data: &JsonLd, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) -> Option<NodeId> {
    let configured = configured(dom, rules, extraction);
    let by_rule = configured.is_some();
    let composed = configured.or_else(|| judged(dom, data, rules, context, extraction));
    let (root, mut body, mut origin, certainty) = composed.map_or((None, Body::default(), String::new(), 0.0), |composed| {
        (Some(composed.root), composed.body, composed.origin, composed.certainty)
    });
    if !by_rule && let Some((told, from)) = told_in_data(dom, data, &body.text, extraction) {
        body = told;
        from.clone_into(&mut origin);
    }
    if context.explain && !origin.is_empty() {
        let value = body.text.chars().take(80).collect();
        extraction.candidates.push(Candidate { field: "body".to_owned(), value, origin: Origin::new(&origin), verdict: "won".to_owned() });
    }
    extraction.quality = quality(&body.text, certainty, extraction);
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
    root
}

/// A body and the element that holds it.
struct Composed {
    root: NodeId,
    body: Body,
    origin: String,
    /// The mean verdict of its text, 0 to 1.
    certainty: f32,
}

/// The body that the user's own selector names, taken as it is.
fn configured(dom: &Dom, rules: &Rules, extraction: &mut Extraction) -> Option<Composed> {
    let css = rules.body.as_ref()?;
    let Some(element) = dom.html.select(css.selector()).next() else {
        extraction.notes.push(Note::new(
            "selector-missed",
            format!("`article.body` (`{}`) matches nothing; the body was found automatically", css.as_str()),
        ));
        return None;
    };
    let options = write::Options { title: "", authors: &[], base: &dom.base, remove: &rules.remove, kept: None };
    Some(Composed { root: element.id(), body: write::body(element, &options), origin: format!("css {}", css.as_str()), certainty: 1.0 })
}

/// The body that the judge finds.
fn judged(dom: &Dom, data: &JsonLd, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) -> Option<Composed> {
    let sheet = Sheet::of(dom, data, title_of(extraction));
    let verdicts = sheet.judge();
    let composed = compose(dom, &sheet, &verdicts, extraction, &rules.remove);
    if context.explain
        && let Some(composed) = &composed
    {
        let densest = sheet.agreement(&verdicts);
        let value = format!("certainty {:.2}; {:.0} % of the kept text is in the densest block", composed.certainty, densest * 100.0);
        let origin = Origin::new("judged lines");
        extraction.candidates.push(Candidate { field: "body".to_owned(), value, origin, verdict: "kept".to_owned() });
    }
    composed
}

/// Writes the body of a page whose lines were judged.
fn compose(dom: &Dom, sheet: &Sheet, verdicts: &[f32], extraction: &Extraction, remove: &[Css]) -> Option<Composed> {
    let lines = sheet.keep(verdicts);
    let headline = sheet.headline_above(&lines);
    let (around, root, with_headline) = sheet.roots(&lines, headline)?;
    let certainty = sheet.certainty(verdicts, &lines);
    let node = |block: u32| dom.html.tree.get(sheet.page.blocks.get(block as usize)?.id);
    let kept = write::Kept::of(&sheet.page, lines, headline, root);
    let authors: Vec<String> = extraction.article.authors.iter().map(|author| author.value.clone()).collect();
    let options = write::Options { title: title_of(extraction), authors: &authors, base: &dom.base, remove, kept: Some(&kept) };
    // Between headline and text stands the picture of the article.
    let whole = write::widened(node(around)?, node(with_headline)?);
    let body = write::body(ElementRef::wrap(whole)?, &options);
    Some(Composed { root: node(root)?.id(), body, origin: "judged lines".to_owned(), certainty })
}

/// The plain text of a page with these verdicts, for the program that fits the judge; of the extraction, title and authors count.
pub fn text_of_judged(dom: &Dom, data: &JsonLd, sheet: &Sheet, verdicts: &[f32], extraction: &Extraction) -> String {
    let shown = compose(dom, sheet, verdicts, extraction, &[]).map(|composed| composed.body.text).unwrap_or_default();
    told_in_data(dom, data, &shown, extraction).map_or(shown, |(told, _)| told.text)
}

/// The body that the page keeps only in its data, where it shows a teaser or nothing, and which data those are.
fn told_in_data(dom: &Dom, data: &JsonLd, shown: &str, extraction: &Extraction) -> Option<(Body, &'static str)> {
    let of_article = data.article_body().filter(|told| is_longer(told, shown)).map(|told| from_text(&told, dom));
    let of_state = from_state(dom, of_article.as_ref().map_or(shown, |body| body.text.as_str()), extraction);
    let of_state = of_state.map(|body| (body, "data of the page"));
    of_state.or(of_article.map(|body| (body, "json-ld articleBody")))
}

fn title_of(extraction: &Extraction) -> &str {
    extraction.article.title.as_ref().map_or("", |title| title.value.as_str())
}

fn is_longer(told: &str, shown: &str) -> bool {
    told.chars().count() as f64 > shown.chars().count() as f64 * LONGER_BY + 200.0
}

/// What the data for the page's own scripts hold, where the page shows little.
fn from_state(dom: &Dom, shown: &str, extraction: &Extraction) -> Option<Body> {
    let characters = shown.chars().count();
    if characters >= TEASER || dom.survey.data_scripts.is_empty() {
        return None;
    }
    let told = from_text(&state::body(dom, title_of(extraction), characters)?, dom);
    is_longer(&told.text, shown).then_some(told)
}

/// Structured data hold plain text, now and then with mark-up in it.
fn from_text(told: &str, dom: &Dom) -> Body {
    if told.contains("</p>") || told.contains("<br") {
        let inner = html::parse(told, &dom.base);
        let options = write::Options { title: "", authors: &[], base: &dom.base, remove: &[], kept: None };
        return write::body(inner.html.root_element(), &options);
    }
    let paragraphs: Vec<&str> = told.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    Body { html: sanitize::paragraphs(&paragraphs), text: paragraphs.join("\n\n") }
}

/// How likely this is a whole article: text, how sure the judge is of it, a headline, a date.
fn quality(text: &str, certainty: f32, extraction: &Extraction) -> f64 {
    let length = (text.chars().count() as f64 / WHOLE).min(1.0);
    let has = |present: bool| if present { 1.0 } else { 0.0 };
    let told = 0.2 * has(extraction.article.title.is_some()) + 0.2 * has(extraction.article.published.is_some());
    0.4 * length + 0.2 * f64::from(certainty) * length + told
}
