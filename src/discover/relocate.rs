//! Finding a list again after its page changed: configured rules that miss, and links that are known from before.
//!
//! A pure function of the page and the known links. It says what it found and which rules would find it; whether to use that, and to tell, is the
//! caller's business.

use std::collections::HashSet;

use super::anchor::{self, Anchor};
use super::item::{self, Surroundings};
use super::repeated::{self, Weighed};
use super::structure;
use super::{Context, Rules, propose};
use crate::html::Dom;
use crate::model::{Discovery, Note, Relocation};
use crate::url::Url;

/// So many known links prove a place on the page; one may be anywhere.
const FEWEST: usize = 2;
/// A group must be known at least in part; lists move on between two polls.
const KNOWN: f64 = 0.1;

/// All links of a page: those of which the caller may know some.
pub fn links(dom: &Dom) -> Vec<Url> {
    let mut seen = HashSet::new();
    anchor::collect(dom).into_iter().filter(|anchor| seen.insert(anchor.id)).map(|anchor| anchor.url).collect()
}

/// Finds the list that holds the known links. `None` where too few of them are on the page.
pub fn relocate(dom: &Dom, old: &Rules, known: &dyn Fn(&Url) -> bool, context: &Context) -> Option<(Discovery, Relocation)> {
    let anchors = anchor::collect(dom);
    let known: HashSet<usize> = anchors.iter().filter(|anchor| known(&anchor.url)).map(|anchor| anchor.id).collect();
    if known.len() < FEWEST {
        return None;
    }
    let weighed = groups_of(&anchors, &known)?;
    let items = repeated::gather(&anchors, &repeated::homes(&anchors, &weighed), dom);
    let language = dom.survey.lang.clone().unwrap_or_default();
    let around = Surroundings { dom, language: &language, zone: &context.zone, now: context.now };
    let mut links = item::describe(&items, &around, "known links");
    links.retain(|link| link.title.is_some());
    let rules = propose::propose(dom, &anchors, &items);
    let css = |css: &Option<crate::html::Css>| css.as_ref().map(|css| css.as_str().to_owned());
    let relocation = Relocation {
        missed: css(&old.item).or_else(|| css(&old.link)).unwrap_or_default(),
        item: rules.as_ref().and_then(|rules| css(&rules.item)),
        link: rules.as_ref().and_then(|rules| css(&rules.link)),
        known: items.iter().filter(|item| item.links.first().is_some_and(|link| known.contains(&link.id))).count(),
        links: links.len(),
    };
    let text = format!(
        "the rule `{}` matches nothing any more; {} known links show where the list of {} is now",
        relocation.missed, relocation.known, relocation.links
    );
    let notes = vec![Note::new("rules-relocated", text)];
    Some((Discovery { links, confidence: 1.0, notes, ..Discovery::default() }, relocation))
}

/// The groups of which enough is known, the best first: those that know most, headings before pictures.
fn groups_of(anchors: &[Anchor<'_>], known: &HashSet<usize>) -> Option<Weighed> {
    let groups = structure::group(anchors);
    let mut scores = Vec::with_capacity(groups.len());
    for group in &groups {
        let hits = group.ids().filter(|id| known.contains(id)).count();
        let share = hits as f64 / group.containers.len().max(1) as f64;
        let headed = group.anchors(anchors).filter(|anchor| anchor.in_heading).count() as f64 / group.members.len().max(1) as f64;
        let is_aside = group.anchors(anchors).next().is_some_and(|anchor| anchor.place.nav || anchor.place.footer || anchor.place.aside);
        let aside = if is_aside { 0.3 } else { 1.0 };
        scores.push(if hits >= FEWEST && share >= KNOWN { (hits as f64 * share + headed) * aside } else { 0.0 });
    }
    let best = scores.iter().copied().fold(0.0, f64::max);
    if best == 0.0 {
        return None;
    }
    let mut taken: Vec<usize> = (0..groups.len()).filter(|&index| scores.get(index).is_some_and(|score| *score >= best * 0.3)).collect();
    taken.sort_by(|one, other| scores.get(*other).unwrap_or(&0.0).total_cmp(scores.get(*one).unwrap_or(&0.0)).then(one.cmp(other)));
    // Lists that know the same items elsewhere (a box of the latest) add nothing that the best one does not have.
    let main: HashSet<usize> = taken.first().and_then(|&index| groups.get(index)).map(|group| group.ids().collect()).unwrap_or_default();
    let adds = |index: &usize| groups.get(*index).is_some_and(|group| !group.ids().all(|id| main.contains(&id)));
    let (first, rest) = taken.split_first()?;
    let taken = std::iter::once(*first).chain(rest.iter().copied().filter(adds)).collect();
    Some(Weighed { groups, scores, taken })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;
    use jiff::tz::TimeZone;

    fn page(item: &str) -> Dom {
        let items: String = (1..=8).map(|n| item.replace("{n}", &n.to_string())).collect();
        let menu: String = (1..=9).map(|n| format!("<li><a href='/topic/{n}'>Topic {n}</a>")).collect();
        html::parse(&format!("<body><ul class=menu>{menu}</ul><div class=list>{items}</div>"), &Url::parse("https://a.example/").unwrap())
    }

    #[test]
    fn known_links_show_where_the_list_went_and_what_would_find_it() {
        let dom = page(
            "<div class='kachel'><div class=bild><a href='/n/{n}-a'><img src=x.jpg></a></div><p class=titel><a href='/n/{n}-a'>The harbour {n} opens again</a></p></div>",
        );
        let context = Context { zone: TimeZone::UTC, now: None, explain: false };
        let old = Rules { item: Some(crate::html::Css::parse("li.teaser").unwrap()), ..Rules::default() };
        let known = |url: &Url| ["/n/4-a", "/n/5-a", "/n/6-a"].contains(&url.path());
        let (found, relocation) = relocate(&dom, &old, &known, &context).unwrap();
        assert_eq!((found.links.len(), relocation.known), (8, 3));
        assert_eq!(found.links[0].title.as_deref(), Some("The harbour 1 opens again"));
        assert_eq!((relocation.item.as_deref(), relocation.link.as_deref()), (Some("div.kachel"), Some("a")));
        assert!(relocate(&dom, &old, &|url: &Url| url.path() == "/n/4-a", &context).is_none(), "one link proves nothing");
    }
}
