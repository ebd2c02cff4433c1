//! Everything of an article but its body, dates and credit: headline, authors, picture, summary, language, site, tags.
//!
//! Each field has its own precedence; one that misses costs that field only.

mod author;
mod breadcrumb;
mod byline;
mod coauthors;
mod dated;
mod dense;
mod elsewhere;
mod generic;
mod heading;
mod house;
mod image;
mod language;
mod leads;
mod lower;
mod marks;
mod masthead;
mod name;
mod person;
mod pieces;
mod section;
mod site;
mod spelling;
mod summary;
mod tags;
mod tails;
mod title;
mod told;
mod unmarked;
mod wording;
mod words;

use ego_tree::NodeId;

use super::json_ld::JsonLd;
use super::{Context, Rules};
use crate::html::{Css, Dom, text_of};
use crate::model::{Candidate, Extraction, Found, Note, Origin};
use crate::url::Url;

/// Fills the fields that the head and the marked-up parts of the page give. Returns the headline's element, near which dates stand.
pub fn fill(dom: &Dom, data: &JsonLd, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) -> Option<NodeId> {
    let mut explained = context.explain.then(Vec::new);
    let site = site::find(dom, data, explained.as_mut());
    let name = site.as_ref().map(|site| site.name.value.as_str());
    let (headline, heading) = title::find(dom, data, site.as_ref(), context, explained.as_mut());
    let article = &mut extraction.article;
    article.language = language::find(dom, data, explained.as_mut());
    article.title = ruled(dom, rules.title.as_ref(), "article.title", &mut extraction.notes).or(headline);
    article.authors = match &rules.author {
        Some(css) => author::by_rule(dom, css),
        None => author::find(dom, data, name, heading, explained.as_mut()),
    };
    article.image =
        rules.image.as_ref().and_then(|css| image::by_rule(dom, css)).or_else(|| image::find(dom, data, heading, explained.as_mut()));
    article.tags = tags::find(dom, data, rules.tags.as_ref(), heading);
    article.section = section::find(dom, data, name, article.title.as_ref().map(|title| title.value.as_str()));
    article.canonical = canonical(dom).map(|url| Found::new(url, "link canonical"));
    article.site = site.map(|site| site.name);
    extraction.candidates.extend(explained.into_iter().flatten());
    heading
}

/// Fills the summary, of which title and body tell whether it is the article's.
pub fn fill_summary(dom: &Dom, data: &JsonLd, heading: Option<NodeId>, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) {
    let mut explained = context.explain.then(Vec::new);
    let ruled = ruled(dom, rules.summary.as_ref(), "article.summary", &mut extraction.notes);
    extraction.article.summary = ruled.or_else(|| summary::find(dom, data, &extraction.article, heading, explained.as_mut()));
    extraction.candidates.extend(explained.into_iter().flatten());
}

/// Longest value that `try` shows of a candidate.
const LONGEST_SHOWN: usize = 120;

/// Keeps what was in the running for a field: those of the origin `won` won, the others stood lower.
fn explain(candidates: &mut Vec<Candidate>, field: &str, seen: &[(String, String)], won: &str) {
    for (value, origin) in seen {
        let verdict = if !won.is_empty() && origin.starts_with(won) { "won" } else { "stands lower" };
        candidates.push(Candidate {
            field: field.to_owned(),
            value: value.chars().take(LONGEST_SHOWN).collect(),
            origin: Origin::new(origin.as_str()),
            verdict: verdict.to_owned(),
        });
    }
}

/// The first of several texts, each with its origin; all of them are explained where asked for.
fn first_of(field: &str, seen: impl Iterator<Item = (String, String)>, candidates: Option<&mut Vec<Candidate>>) -> Option<Found<String>> {
    let Some(candidates) = candidates else {
        let mut seen = seen;
        return seen.next().map(|(text, origin)| Found::new(text, origin));
    };
    let all: Vec<(String, String)> = seen.collect();
    let first = all.first().cloned();
    explain(candidates, field, &all, first.as_ref().map_or("", |(_, origin)| origin));
    first.map(|(text, origin)| Found::new(text, origin))
}

/// The text of a configured selector; a note where it matches nothing.
fn ruled(dom: &Dom, css: Option<&Css>, key: &str, notes: &mut Vec<Note>) -> Option<Found<String>> {
    let css = css?;
    let found = dom.html.select(css.selector()).map(text_of).find(|text| !text.is_empty());
    if found.is_none() {
        notes
            .push(Note::new("selector-missed", format!("`{key}` (`{}`) matches nothing; the value was found automatically", css.as_str())));
    }
    found.map(|text| Found::new(text, format!("css {}", css.as_str())))
}

/// The page's own permanent address, on its own site.
fn canonical(dom: &Dom) -> Option<Url> {
    let link = dom.survey.links.iter().find(|link| link.rel.split_whitespace().any(|rel| rel == "canonical"))?;
    let url = dom.url.join(&link.href)?;
    let is_article = url.path().trim_matches('/').is_empty() == dom.url.path().trim_matches('/').is_empty();
    (url.is_web() && url.same_site(&dom.url) && is_article).then(|| url.without_tracking())
}
