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

/// A heading of fewer words may be a section's or the site's name.
const WORDS_OF_A_HEADLINE: usize = 3;

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
    let agreeing = agreeing(&headings, &declared);
    // One headline of several words is what the reader sees, whatever the head says to search engines.
    let only = || headings.first().filter(|(_, heading)| headings.len() == 1 && heading.split_whitespace().count() > WORDS_OF_A_HEADLINE);
    let found = match (agreeing.or_else(only), declared.first(), headings.first()) {
        (Some((_, heading)), ..) => Some(agreed_within(heading, &declared).unwrap_or_else(|| (heading.clone(), "h1".to_owned()))),
        (None, Some(told), _) => Some(told.clone()),
        (None, None, first) => first.map(|(_, heading)| (heading.clone(), "h1".to_owned())),
    };
    let found = found.map(|(text, origin)| (strip_site(&text, site, dom.url.site()), origin));
    if let Some(candidates) = candidates {
        let shown = headings.iter().map(|(_, heading)| (heading.clone(), "h1".to_owned()));
        let all: Vec<(String, String)> = shown.chain(declared.iter().cloned()).collect();
        explain(candidates, "title", &all, found.as_ref().map_or("", |(_, origin)| origin));
    }
    let element = agreeing.or_else(|| headings.first()).map(|(id, _)| *id);
    (found.map(|(text, origin)| Found::new(text, origin)), element)
}

/// All `<h1>` but mastheads, which link to the home page.
fn headings(dom: &Dom) -> Vec<(NodeId, String)> {
    let elements = dom.survey.headings.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    let all: Vec<(NodeId, String, bool)> = elements
        .map(|element| (element.id(), text_of(element).trim_end_matches(['¶', '#', ' ']).to_owned(), is_masthead(element)))
        .filter(|(_, text, _)| text.chars().count() >= SHORTEST)
        .collect();
    let shown =
        |masthead: bool| all.iter().filter(|heading| heading.2 == masthead).map(|(id, text, _)| (*id, text.clone())).collect::<Vec<_>>();
    Some(shown(false)).filter(|headings| !headings.is_empty()).unwrap_or_else(|| shown(true))
}

fn is_masthead(heading: ElementRef<'_>) -> bool {
    let outer = heading.ancestors().take(2).filter_map(ElementRef::wrap).find(|element| element.value().name() == "a");
    let link = outer.or_else(|| heading.descendent_elements().find(|element| element.value().name() == "a"));
    link.is_some_and(|link| {
        link.attr("rel").is_some_and(|rel| rel.contains("home"))
            || matches!(link.attr("href"), Some("/" | "./" | "../" | "index.html" | "/index.html"))
    })
}

/// The heading that the head speaks of: nearly the same words, or the same words before a separator.
fn agreeing<'a>(headings: &'a [(NodeId, String)], declared: &[(String, String)]) -> Option<&'a (NodeId, String)> {
    let alike = headings.iter().find(|(_, heading)| declared.iter().any(|(text, _)| likeness(heading, text) >= ALIKE));
    alike.or_else(|| {
        headings.iter().find(|(_, heading)| {
            let heading = letters(heading);
            declared.iter().any(|(text, _)| {
                SEPARATORS.iter().filter_map(|separator| text.split_once(separator)).any(|(first, _)| letters(first) == heading)
            })
        })
    })
}

/// Where two texts of the head agree on a part of the heading, that part: the rest is a kicker, a count or a label.
fn agreed_within(heading: &str, declared: &[(String, String)]) -> Option<(String, String)> {
    let whole = letters(heading);
    let parts =
        || declared.iter().filter(|(text, _)| text.split_whitespace().count() >= WORDS_OF_A_HEADLINE).map(|told| (told, letters(&told.0)));
    let (told, _) = parts().find(|(told, part)| {
        whole.len() > part.len()
            && whole.contains(part.as_str())
            && parts().any(|(other, same)| other.1 != told.1 && same == *part && !other.1.starts_with("meta twitter"))
    })?;
    Some(told.clone())
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
    fn the_heading_that_the_head_speaks_of_wins() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &crate::url::Url::parse("https://harbourpost.example/a").unwrap());
            let (title, _) = find(&dom, &JsonLd::read(&dom), Some("Harbour Post"), &Context::default(), None);
            assert_eq!(title.map(|title| title.value).as_deref(), Some(expected), "{page}");
        };
        check(
            "<title>Bridge opens | Harbour Post</title><h1><a href=/>Harbour Post of the Lakes</a></h1><h1>Bridge opens</h1>",
            "Bridge opens",
        );
        check("<title>Bridges | All that float and more</title><h1>Bridges</h1>", "Bridges");
        check("<meta property=og:title content='Best bridges'><h1>The seven bridges you must see</h1>", "The seven bridges you must see");
        check(
            "<meta property=og:title content='A bridge opens'><title>A bridge opens</title><h1>Lakes: A bridge opens (12)</h1>",
            "A bridge opens",
        );
        check("<title>A bridge opens</title><h1>Lakes</h1>", "A bridge opens");
        check("<title>Guide</title><h1>Guide to the Bridges¶</h1>", "Guide to the Bridges");
        check("<title>A bridge opens</title><h1>Lakes and Rivers</h1>", "A bridge opens");
    }

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
