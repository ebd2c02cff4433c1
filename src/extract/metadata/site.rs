//! The name of the site.

use crate::extract::json_ld::{self, JsonLd};
use crate::html::{Dom, collapse};
use crate::model::Found;

/// What the head declares, the publisher of the structured data, else the end of the title that the host spells.
pub(super) fn find(dom: &Dom, data: &JsonLd) -> Option<Found<String>> {
    if let Some(name) = dom.survey.meta("og:site_name") {
        return Some(Found::new(collapse(name), "meta og:site_name"));
    }
    let publisher = data
        .articles()
        .filter_map(|node| node.get("publisher"))
        .find_map(|value| data.resolve(value).and_then(|node| json_ld::text(node.get("name")?)));
    if let Some(name) = publisher.or_else(|| data.of_type("WebSite").find_map(|node| json_ld::text(node.get("name")?))) {
        return Some(Found::new(name, "json-ld publisher"));
    }
    for key in ["application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:app:name:iphone", "al:ios:app_name"] {
        if let Some(name) = dom.survey.meta(key) {
            return Some(Found::new(collapse(name), format!("meta {key}")));
        }
    }
    from_title(dom).map(|name| Found::new(name, "title"))
}

fn from_title(dom: &Dom) -> Option<String> {
    let title = dom.survey.title.as_deref()?;
    let core: String = dom.url.site().split('.').next()?.chars().filter(|c| c.is_alphanumeric()).collect();
    let tail = [" | ", " - ", " – ", " — ", " • ", " · ", " » "]
        .iter()
        .filter_map(|separator| title.rsplit_once(separator))
        .min_by_key(|(_, tail)| tail.len())?
        .1;
    let letters: String = tail.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let spells = !core.is_empty() && (letters.contains(&core) || core.contains(&letters) && letters.len() >= 4);
    (spells && tail.chars().count() <= 40).then(|| tail.trim().to_owned())
}
