//! Who the page itself credits for the text: outlets and agencies, never the site itself, a photographer or a footnote.
//!
//! Evidence comes in channels, each with its own confidence: what the page declares (`declared`), labelled lines ("Source: …", `labels`), sentences
//! ("originally published by …", "with information from …", `sentences`), the marks of wire agencies (`wire`), bylines and places set apart for a
//! provider (`bylines`). Lines are read from the tree around the article (`lines`, `walk`), since bodies lose such lines when they are cleaned. Channels that
//! agree strengthen each other; a threshold decides.

mod bylines;
mod declared;
mod labels;
mod lines;
mod names;
mod outlets;
mod own;
mod places;
mod sentences;
mod walk;
mod wire;
mod words;

pub use outlets::{alias_key, home_page};
pub(super) use words::names_newsroom;

use ego_tree::NodeId;

use super::json_ld::JsonLd;
use super::{Context, CreditRule, Rules};
use crate::html::{Dom, collapse, text_of};
use crate::model::{Credit, Extraction, Found, Note, Role};
use crate::url::Url;

use lines::Line;
use own::Own;

/// What is less sure is not told.
const SURE_ENOUGH: f64 = 0.7;
/// More credits than this are a bibliography.
const MOST: usize = 5;

/// A credit as one channel gives it.
#[derive(Debug)]
struct Claim {
    credit: Credit,
    origin: &'static str,
}

/// Fills `credits`. `root` is the element that was taken as the article's root.
pub fn fill(dom: &Dom, root: Option<NodeId>, data: &JsonLd, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) {
    match &rules.credit {
        Some(rule) => by_rule(dom, rule, extraction),
        None => automatically(dom, root, data, extraction),
    }
    let told = |name: &str| {
        let key = alias_key(name);
        context.outlets?.iter().find(|(outlet, _)| alias_key(outlet) == key).map(|(_, home)| home.clone())
    };
    for credit in extraction.article.credits.iter_mut().map(|found| &mut found.value) {
        // What the page links is nearer than what the user knows, and that nearer than the built-in table.
        credit.url = credit.url.take().or_else(|| told(&credit.name)).or_else(|| home_page(&credit.name));
    }
}

fn automatically(dom: &Dom, root: Option<NodeId>, data: &JsonLd, extraction: &mut Extraction) {
    let mut found = declared::read(dom, data, extraction);
    let lines = lines::around(dom, root);
    found.extend(bylines::read(&lines));
    found.extend(wire::read(&lines));
    found.extend(labels::read(&lines));
    found.extend(sentences::read(&lines, &dom.url));
    if found.is_empty() {
        return;
    }
    let own = Own::of(dom, data, extraction);
    let text = extraction.article.body.as_ref().map(|body| body.value.text.as_str()).unwrap_or_default();
    let credits = merge(found, &own, text, &lines);
    extraction.article.credits = credits;
}

fn claim(name: &str, url: Option<Url>, role: Role, phrase: &str, confidence: f64, origin: &'static str) -> Claim {
    Claim { credit: credit(name, url, role, phrase, confidence), origin }
}

fn credit(name: &str, url: Option<Url>, role: Role, phrase: &str, confidence: f64) -> Credit {
    Credit { name: collapse(outlets::shown(name)), url, role, phrase: collapse(phrase), confidence, visible: false }
}

/// One credit for each outlet, told by its surest claim; the site itself and what is unsure left out.
fn merge(found: Vec<Claim>, own: &Own, text: &str, lines: &[Line]) -> Vec<Found<Credit>> {
    let mut kept: Vec<(String, Found<Credit>, Vec<&'static str>)> = Vec::new();
    for Claim { mut credit, origin } in found {
        let key = alias_key(&credit.name);
        // "Redacción Harbour Post": its own people.
        if words::without_newsroom(&credit.name).is_some_and(|rest| rest.is_empty() || own.is(&rest)) {
            continue;
        }
        // "This article first appeared in …" may name another outlet of the same house.
        if key.is_empty() || own.is(&credit.name) || origin != "sentence" && own.owns(&credit.name) {
            continue;
        }
        // An aggregator links a name to its own list of what it has from there.
        credit.url = credit.url.filter(|url| !own.holds(url));
        match kept.iter_mut().find(|(other, ..)| *other == key) {
            Some((_, best, origins)) => {
                let both = if origins.contains(&origin) {
                    best.value.confidence.max(credit.confidence)
                } else {
                    join(best.value.confidence, credit.confidence)
                };
                // An author's bare name says less than "Ana Reed with AFP".
                let tells_more = |one: &Credit, origin: &str, other: &Credit| {
                    one.role == Role::Contributing && matches!(origin, "byline" | "with") && is_bare(other)
                };
                let is_better = credit.confidence > best.value.confidence && !tells_more(&best.value, &best.origin.0, &credit);
                if is_better || tells_more(&credit, origin, &best.value) {
                    let url = credit.url.clone().or(best.value.url.take());
                    *best = Found::new(Credit { url, ..credit }, origin);
                } else {
                    best.value.url = best.value.url.take().or(credit.url);
                }
                best.value.confidence = both;
                origins.push(origin);
            }
            None => kept.push((key, Found::new(credit, origin), vec![origin])),
        }
    }
    kept.retain(|(_, credit, _)| credit.value.confidence >= SURE_ENOUGH);
    // In the page's order; what only the head declares comes first.
    kept.sort_by_key(|(_, credit, _)| lines.iter().position(|line| line.text.contains(&credit.value.phrase)).map_or(0, |place| place + 1));
    if kept.len() > MOST { Vec::new() } else { kept.into_iter().map(|(_, credit, _)| finish(credit, text)).collect() }
}

/// Two channels that say the same are surer than either.
fn join(one: f64, other: f64) -> f64 {
    1.0 - (1.0 - one) * (1.0 - other)
}

fn finish(mut credit: Found<Credit>, text: &str) -> Found<Credit> {
    let value = &mut credit.value;
    value.url = value.url.take().filter(Url::is_web);
    // A bare name must stand on a line of its own: the text may well speak of the agency.
    let phrase = squeeze(&value.phrase);
    value.visible = if is_bare(value) { text.lines().any(|line| squeeze(line) == phrase) } else { squeeze(text).contains(&phrase) };
    credit
}

/// Whether nothing but the name is the evidence.
fn is_bare(credit: &Credit) -> bool {
    squeeze(&credit.phrase) == squeeze(&credit.name)
}

/// Without white space: a link or a line break in the middle is no difference.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn by_rule(dom: &Dom, rule: &CreditRule, extraction: &mut Extraction) {
    let found = match rule {
        CreditRule::Css(css) => dom
            .html
            .select(css.selector())
            .map(|element| (text_of(element), lines::first_link(element, &dom.base)))
            .find(|(text, _)| !text.is_empty()),
        CreditRule::After(words) => dom
            .html
            .tree
            .nodes()
            .filter_map(|node| node.value().as_text().map(|text| (node, collapse(text))))
            .find(|(_, text)| text.contains(words.as_str()))
            .and_then(|(node, text)| {
                let parent = node.parent().and_then(scraper::ElementRef::wrap)?;
                let line = text_of(parent);
                let after =
                    line.split_once(words.as_str()).or_else(|| text.split_once(words.as_str())).map(|(_, after)| collapse(after))?;
                Some((after, lines::first_link(parent, &dom.base)))
            })
            .filter(|(text, _)| !text.is_empty()),
    };
    let Some((text, url)) = found else {
        extraction.notes.push(Note::new("selector-missed", "`article.credit` matches nothing on the page"));
        return;
    };
    let name = labels::strip_label(&text);
    let role = if outlets::is_agency(&name) { Role::Agency } else { Role::Source };
    let shown = extraction.article.body.as_ref().is_some_and(|body| body.value.text.contains(&text));
    let mut credit = credit(&name, url, role, &text, 1.0);
    credit.visible = shown;
    extraction.article.credits = vec![Found::new(credit, "article.credit")];
}

/// A link of a line whose text is the name, or which is the only one.
fn link_for(line: &Line, name: &str) -> Option<Url> {
    let named = line.links.iter().find(|link| {
        let text = link.text();
        text.contains(name) || name.contains(text.as_str()) && text.chars().count() > 3
    });
    let only = line.links.first().filter(|_| line.links.len() == 1);
    let of_name = named.and_then(lines::Anchor::url);
    // The only link of a byline may lead to its author's account.
    let of_line = || only.and_then(lines::Anchor::url).filter(|url| !labels::is_open_to_all(url.host()));
    of_name.or_else(of_line).filter(Url::is_web)
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
