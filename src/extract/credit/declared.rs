//! What the head of a page and its structured data say of the text's origin.
//!
//! Fields that are named for it mostly hold the site itself or nonsense, so a name must be that of an agency or a well-known outlet.

use super::{Claim, claim, names, outlets};
use crate::extract::json_ld::{self, JsonLd};
use crate::html::Dom;
use crate::model::{Extraction, Role};
use crate::url::Url;

/// Meta fields for the source of a text.
const SOURCES: [&str; 9] = [
    "source",
    "dc.source",
    "dcterms.source",
    "original-source",
    "syndication-source",
    "article:publisher_name",
    "news_source",
    "og:publisher",
    "copyright",
];

/// The credits that the page declares.
pub(super) fn read(dom: &Dom, data: &JsonLd, extraction: &Extraction) -> Vec<Claim> {
    let mut found = authors(extraction);
    let mut names: Vec<String> = Vec::new();
    for node in data.articles() {
        for key in ["sourceOrganization", "provider", "publisher", "isBasedOn", "creator", "author", "copyrightHolder"] {
            for value in node.get(key).into_iter().flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)) {
                let told =
                    data.resolve(value).and_then(|node| json_ld::text(node.get("name")?)).or_else(|| value.as_str().map(str::to_owned));
                // Most name the same again: each is looked up once.
                names.extend(told.filter(|name| !names.contains(name)));
            }
        }
    }
    found.extend(names.iter().filter_map(|name| known(name, "json-ld")));
    for key in SOURCES {
        for meta in dom.survey.metas.iter().filter(|meta| meta.key == key) {
            found.extend(known(&super::labels::strip_label(&meta.content), "meta"));
        }
    }
    found.extend(originals(dom));
    found.extend(canonical(dom));
    found
}

/// Authors that are agencies, by what the page declares or shows.
fn authors(extraction: &Extraction) -> Vec<Claim> {
    let names = extraction.article.authors.iter().filter_map(|author| Some((names::agency_in(&author.value)?, &author.value)));
    let role = |name: &str, shown: &str| if is_joined(name, shown) { Role::Contributing } else { Role::Agency };
    names.map(|(name, shown)| claim(&name, None, role(&name, shown), shown, 0.95, "author")).collect()
}

/// "La rédaction avec AFP": somebody else wrote, with an agency.
pub(super) fn is_joined(name: &str, shown: &str) -> bool {
    let lead = shown.split_once(name).and_then(|(before, _)| before.split_whitespace().last());
    lead.is_some_and(|word| matches!(word, "avec" | "mit" | "with" | "con" | "com"))
}

fn known(name: &str, origin: &'static str) -> Option<Claim> {
    let name = names::agency_in(name).unwrap_or_else(|| names::clean(name));
    let role = if outlets::is_agency(&name) { Role::Agency } else { Role::Republished };
    outlets::is_known(&name).then(|| claim(&name, None, role, &name, 0.8, origin))
}

/// Fields that are for the address of the text that this one repeats. Most sites name themselves there.
const ORIGINALS: [(&str, Role); 2] = [("original-source", Role::Source), ("syndication-source", Role::Republished)];

/// An address of another site in a field that is only for the original's.
fn originals(dom: &Dom) -> Vec<Claim> {
    let role = |key: &str| ORIGINALS.iter().find(|(name, _)| *name == key).map(|(_, role)| *role);
    let told = dom.survey.metas.iter().filter_map(|meta| Some((role(&meta.key)?, meta.content.trim())));
    let elsewhere = told.filter_map(|(role, content)| {
        Some((role, Url::parse(content).ok().filter(Url::is_web).filter(|url| url.site() != dom.url.site())?))
    });
    let of_agency = |role: Role, url: &Url| if outlets::is_agency(url.site()) { Role::Agency } else { role };
    elsewhere.map(|(role, url)| claim(url.site(), Some(url.clone()), of_agency(role, &url), url.as_str(), 0.8, "meta")).collect()
}

/// `rel=canonical` to a well-known outlet elsewhere: sister titles and moved sites do the same, so any other host says nothing.
fn canonical(dom: &Dom) -> Option<Claim> {
    let link = dom.survey.links.iter().find(|link| link.rel.split_whitespace().any(|rel| rel == "canonical"))?;
    let url = dom.base.join(&link.href).filter(Url::is_web).filter(|url| url.site() != dom.url.site())?;
    let name = url.site().to_owned();
    outlets::is_known(&name).then(|| claim(&name, Some(url.clone()), Role::Republished, url.as_str(), 0.75, "canonical"))
}
