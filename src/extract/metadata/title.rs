//! The headline, without the site's name and section.
//!
//! The `<h1>` is what a reader sees; what the head declares tells which `<h1>` it is, and stands in where there is none.

use ego_tree::NodeId;
use scraper::ElementRef;

use super::explain;
use crate::extract::Context;
use crate::extract::json_ld::JsonLd;
use crate::html::{Dom, collapse, text_of};
use crate::model::{Candidate, Found};

/// What sites put between a headline and their name.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " • ", " · ", " » ", " :: ", " / "];
/// A headline is at least this long if it is to win over a longer text.
const SHORTEST: usize = 4;
/// So alike must an `<h1>` be to what the head says.
const ALIKE: f64 = 0.5;

/// Finds the headline, and its element where the page shows it.
pub(super) fn find(
    dom: &Dom,
    data: &JsonLd,
    site: Option<&str>,
    context: &Context<'_>,
    candidates: Option<&mut Vec<Candidate>>,
) -> (Option<Found<String>>, Option<NodeId>) {
    let headings = headings(dom);
    let declared = declared(dom, data, site, context);
    let agreeing = headings.iter().find(|(_, heading)| declared.iter().any(|(text, _)| likeness(heading, text) >= ALIKE));
    let found = match (agreeing, declared.first(), headings.first()) {
        (Some((_, heading)), ..) => Some((strip_site(heading, site, dom.url.site()), "h1".to_owned())),
        (None, Some(told), _) => Some(told.clone()),
        (None, None, first) => first.map(|(_, heading)| (heading.clone(), "h1".to_owned())),
    };
    if let Some(candidates) = candidates {
        let shown = headings.iter().map(|(_, heading)| (heading.clone(), "h1".to_owned()));
        let all: Vec<(String, String)> = shown.chain(declared.iter().cloned()).collect();
        explain(candidates, "title", &all, found.as_ref().map_or("", |(_, origin)| origin));
    }
    let element = agreeing.or_else(|| headings.first()).map(|(id, _)| *id);
    (found.map(|(text, origin)| Found::new(text, origin)), element)
}

fn headings(dom: &Dom) -> Vec<(NodeId, String)> {
    let elements = dom.survey.headings.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    elements.map(|element| (element.id(), text_of(element))).filter(|(_, text)| text.chars().count() >= SHORTEST).collect()
}

/// What the head and the listing say, best first.
fn declared(dom: &Dom, data: &JsonLd, site: Option<&str>, context: &Context<'_>) -> Vec<(String, String)> {
    let meta = |key: &str| dom.survey.meta(key).map(str::to_owned);
    [
        (data.article_text("headline"), "json-ld headline"),
        (meta("og:title"), "meta og:title"),
        (meta("twitter:title"), "meta twitter:title"),
        (dom.survey.title.clone(), "title"),
        (context.link.and_then(|link| link.title.clone()), "listing"),
    ]
    .into_iter()
    .filter_map(|(text, origin)| text.map(|text| (strip_site(&collapse(&text), site, dom.url.site()), origin.to_owned())))
    .filter(|(text, _)| text.chars().count() >= 2)
    .collect()
}

/// Cuts the site's name off, at either end; without a known name, a short tail after the last separator that the host spells.
fn strip_site(title: &str, site: Option<&str>, domain: &str) -> String {
    let core: String = letters(domain.split('.').next().unwrap_or(""));
    let is_site = |part: &str| {
        let part = letters(part);
        let named = site.map(letters).is_some_and(|site| {
            !site.is_empty() && (part == site || part.contains(&site) && part.chars().count() <= site.chars().count() + 12)
        });
        !part.is_empty() && (named || part == core || (core.chars().count() >= 4 && part.starts_with(&core)))
    };
    let mut title = title.to_owned();
    // Section and name may both be appended: two rounds.
    for _ in 0..2 {
        let last = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator)).max_by_key(|(head, _)| head.len());
        if let Some((head, tail)) = last
            && is_site(tail)
            && head.chars().count() >= SHORTEST
        {
            title = head.trim().to_owned();
            continue;
        }
        let first = SEPARATORS.iter().filter_map(|separator| title.split_once(separator)).min_by_key(|(head, _)| head.len());
        if let Some((head, tail)) = first
            && is_site(head)
            && tail.chars().count() >= SHORTEST
        {
            title = tail.trim().to_owned();
        }
    }
    title
}

/// How many of the words of the shorter text the other has.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    if least == 0 { 0.0 } else { one.intersection(&other).count() as f64 / one.len().max(other.len()) as f64 }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_is_cut_off() {
        let check = |title: &str, site: Option<&str>, expected: &str| assert_eq!(strip_site(title, site, "harbourpost.example"), expected);
        check("Bridge opens | Harbour Post", Some("Harbour Post"), "Bridge opens");
        check("Bridge opens - News - HarbourPost.example", None, "Bridge opens - News");
        check("Harbour Post: the film | Harbour Post", Some("Harbour Post"), "Harbour Post: the film");
        check("Harbour Post - Bridge opens", Some("Harbour Post"), "Bridge opens");
        check("Rock - Paper - Scissors", Some("Harbour Post"), "Rock - Paper - Scissors");
    }
}
