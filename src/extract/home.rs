//! What the links to the site's front page say: the name in the masthead, most often.

use scraper::ElementRef;

use crate::html::{Attribute as _, Dom, text_of};

/// A page has a few of them, in its head and at its foot; what more there are repeat them.
const MOST: usize = 8;
/// A picture stands so near within its link.
const MOST_WITHIN: usize = 6;

/// The texts, titles, labels and pictures' texts of the links to the front page, in order.
pub(super) fn names(dom: &Dom) -> impl Iterator<Item = String> {
    let host = dom.url.host();
    // Most pages link the front pages of many others, which is seen without reading their addresses.
    let may_lead_home = |href: &str| !href.contains("//") || contains_ignoring_case(href, host);
    let leads_home = move |href: &str| href == "/" || may_lead_home(href) && dom.base.join(href).is_some_and(|url| url.host() == host);
    let links = dom.survey.front_links.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    links.filter(move |link| link.attribute("href").is_some_and(leads_home)).take(MOST).flat_map(|link| {
        let said = |name: &str| link.attribute(name).map(str::to_owned);
        let alt =
            || link.descendent_elements().take(MOST_WITHIN).find_map(|child: ElementRef<'_>| child.attribute("alt")).map(str::to_owned);
        [Some(text_of(link)), said("title"), said("aria-label"), alt()].into_iter().flatten()
    })
}

/// Whether a host may be in an address, whose hosts are in any case; one with letters beyond ASCII may hold any.
fn contains_ignoring_case(text: &str, host: &str) -> bool {
    !text.is_ascii() || text.as_bytes().windows(host.len().max(1)).any(|part| part.eq_ignore_ascii_case(host.as_bytes()))
}
