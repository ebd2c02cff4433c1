//! Who the page itself credits for the text: outlets and agencies, never the site itself, a photographer or a footnote.
//!
//! Evidence comes in channels, each with its own confidence: an agency as the declared author, a labelled line before or after the text
//! ("Source: …"), a sentence ("originally published by …", "with information from …"), a dateline ("(Northwire) —"), a tail ("(dpa)"). Lines are
//! read from the tree around the article, since bodies lose such lines when they are cleaned.

mod agencies;
mod labels;
mod lines;

pub use agencies::{alias_key, home_page};

use ego_tree::NodeId;

use super::json_ld::{self, JsonLd};
use super::{CreditRule, Rules};
use crate::html::{Dom, collapse, text_of};
use crate::model::{Credit, Extraction, Found, Note, Role};
use crate::url::Url;

use lines::Line;

/// What is less sure is not told.
const SURE_ENOUGH: f64 = 0.7;
/// More credits than this are a bibliography.
const MOST: usize = 5;

/// Fills `credits`. `root` is the element that was taken as the article's root.
pub fn fill(dom: &Dom, root: Option<NodeId>, data: &JsonLd, rules: &Rules, extraction: &mut Extraction) {
    if let Some(rule) = &rules.credit {
        by_rule(dom, rule, extraction);
        return;
    }
    let own = own_names(dom, extraction);
    let mut found: Vec<(Credit, &'static str)> = Vec::new();
    for author in &extraction.article.authors {
        if agencies::is_agency(&author.value) {
            found.push((credit(&author.value, None, Role::Agency, &author.value, 0.95), "author"));
        }
    }
    for node in data.articles() {
        for key in ["sourceOrganization", "provider", "publisher", "isBasedOn"] {
            let Some(name) = node.get(key).and_then(|value| data.resolve(value)).and_then(|node| json_ld::text(node.get("name")?)) else {
                continue;
            };
            if agencies::is_agency(&name) {
                found.push((credit(&name, None, Role::Agency, &name, 0.8), "json-ld"));
            }
        }
    }
    if let Some(root) = root {
        let lines = lines::around(dom, root);
        for (place, line) in lines.iter().enumerate() {
            found.extend(labels::read(line, place, lines.len()).into_iter().map(|credit| (credit, "line")));
        }
    }
    let text = extraction.article.body.as_ref().map(|body| body.value.text.clone()).unwrap_or_default();
    extraction.article.credits = merge(found, &own, &text);
}

/// A credit as a channel gives it.
fn credit(name: &str, url: Option<Url>, role: Role, phrase: &str, confidence: f64) -> Credit {
    Credit { name: collapse(name), url, role, phrase: collapse(phrase), confidence, visible: false }
}

/// One credit for each outlet, the surest; the site itself and what is unsure left out.
fn merge(found: Vec<(Credit, &'static str)>, own: &[String], text: &str) -> Vec<Found<Credit>> {
    let mut kept: Vec<Found<Credit>> = Vec::new();
    for (mut credit, origin) in found {
        let key = alias_key(&credit.name);
        if credit.confidence < SURE_ENOUGH || key.is_empty() || is_own(&key, &credit.name, own) {
            continue;
        }
        credit.url = credit.url.filter(Url::is_web).or_else(|| home_page(&credit.name));
        credit.visible = text.contains(&credit.phrase) || text.split('\n').any(|line| collapse(line) == credit.phrase);
        match kept.iter_mut().find(|other| alias_key(&other.value.name) == key) {
            Some(other) if credit.confidence > other.value.confidence => *other = Found::new(credit, origin),
            Some(_) => {}
            None => kept.push(Found::new(credit, origin)),
        }
    }
    if kept.len() > MOST { Vec::new() } else { kept }
}

/// The names by which the site calls itself, as keys.
fn own_names(dom: &Dom, extraction: &Extraction) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let key = alias_key(name);
        if !key.is_empty() && !names.contains(&key) {
            names.push(key);
        }
    };
    add(dom.url.site());
    add(dom.url.site().split('.').next().unwrap_or(""));
    for key in ["og:site_name", "application-name", "twitter:site"] {
        add(dom.survey.meta(key).unwrap_or("").trim_start_matches('@'));
    }
    if let Some(site) = &extraction.article.site {
        add(&site.value);
    }
    let title = dom.survey.title.as_deref().unwrap_or("");
    for separator in [" | ", " - ", " – ", " — ", "_", "-", "｜"] {
        add(title.rsplit_once(separator).map_or("", |(_, tail)| tail));
    }
    names
}

/// Equal, or one begins with the other: `ntv.de` is `n-tv`, `Harbour Post Online` is `Harbour Post`.
fn is_own(key: &str, name: &str, own: &[String]) -> bool {
    const SHORTEST_PREFIX: usize = 4;
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let name = letters(name);
    own.iter().any(|own| {
        let own = letters(own);
        let prefix = |one: &str, other: &str| one.chars().count() >= SHORTEST_PREFIX && other.starts_with(one);
        own == letters(key) || own == name || prefix(&own, &name) || prefix(&name, &own)
    })
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
    let role = if agencies::is_agency(&name) { Role::Agency } else { Role::Source };
    let shown = extraction.article.body.as_ref().is_some_and(|body| body.value.text.contains(&text));
    let mut credit = credit(&name, url.or_else(|| home_page(&name)), role, &text, 1.0);
    credit.visible = shown;
    extraction.article.credits = vec![Found::new(credit, "article.credit")];
}

/// A link of a line whose text is the name, or which is the only one.
fn link_for(line: &Line, name: &str) -> Option<Url> {
    let named =
        line.links.iter().find(|(text, _)| text == name || text.contains(name) || name.contains(text.as_str()) && text.chars().count() > 3);
    named.or(line.links.first().filter(|_| line.links.len() == 1)).map(|(_, url)| url.clone())
}

#[cfg(test)]
mod tests;
