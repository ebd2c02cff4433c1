//! Who is named as the author, and who as the source: one decision for all formats.

use crate::model::{Credit, Item, Role};

use super::xml;

/// The authors of an item. Where the page names none, the credited source stands in: an author is a person, corporation or
/// similar entity (RFC 4287, section 3.2).
pub(super) fn authors(item: &Item) -> Vec<String> {
    let named: Vec<String> = item.authors.iter().map(|name| xml::line(name)).filter(|name| !name.is_empty()).collect();
    if named.is_empty() { principal(item).map(|credit| xml::line(&credit.name)).into_iter().collect() } else { named }
}

/// The one credit that a format with room for one carries: republished whole, else a labelled source, else the agency.
pub(super) fn principal(item: &Item) -> Option<&Credit> {
    [Role::Republished, Role::Source, Role::Agency].iter().find_map(|role| item.credits.iter().find(|credit| credit.role == *role))
}

/// Credits for the whole text, in the page's order.
pub(super) fn sources(item: &Item) -> impl Iterator<Item = &Credit> {
    item.credits.iter().filter(|credit| credit.role != Role::Contributing)
}

/// Credits for a part of the text.
pub(super) fn contributors(item: &Item) -> impl Iterator<Item = &Credit> {
    item.credits.iter().filter(|credit| credit.role == Role::Contributing)
}

/// Whether a credit's address is that of an article, rather than an outlet's home page.
pub(super) fn leads_to_article(credit: &Credit) -> bool {
    credit.url.as_ref().is_some_and(|url| url.path().trim_matches('/').len() > 1 || url.parts().query().is_some())
}

/// The home page of the outlet that a credit's address belongs to.
pub(super) fn home(credit: &Credit) -> Option<String> {
    let url = credit.url.as_ref()?;
    url.join("/").map(|home| xml::ascii_url(&home))
}
