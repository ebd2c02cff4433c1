//! The lead image.

use scraper::ElementRef;

use crate::extract::json_ld::JsonLd;
use crate::html::{Css, Dom, picture};
use crate::model::Found;
use crate::url::Url;

/// By a configured selector: an image, or an element that holds one.
pub(super) fn by_rule(dom: &Dom, css: &Css) -> Option<Found<Url>> {
    let element = dom.html.select(css.selector()).next()?;
    let inner = || element.descendent_elements().find(|child| child.value().name() == "img");
    let image = if element.value().name() == "img" { Some(element) } else { inner() }?;
    picture::address(image.value(), &dom.base).map(|url| Found::new(url, format!("css {}", css.as_str())))
}

/// What the head declares, else the first picture of the article.
pub(super) fn find(dom: &Dom, data: &JsonLd) -> Option<Found<Url>> {
    for key in ["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"] {
        if let Some(url) = dom.survey.meta(key).and_then(|address| dom.base.join(address)).filter(Url::is_web) {
            return Some(Found::new(url, format!("meta {key}")));
        }
    }
    if let Some(url) =
        data.articles().find_map(|node| address(node.get("image")?, data)).and_then(|address| dom.base.join(&address)).filter(Url::is_web)
    {
        return Some(Found::new(url, "json-ld image"));
    }
    if let Some(link) = dom.survey.links.iter().find(|link| link.rel == "image_src") {
        return dom.base.join(&link.href).map(|url| Found::new(url, "link image_src"));
    }
    let heading = dom.survey.headings.first().and_then(|id| ElementRef::wrap(dom.html.tree.get(*id)?))?;
    let article = heading.ancestors().filter_map(ElementRef::wrap).find(|element| matches!(element.value().name(), "article" | "main"))?;
    let first = article
        .descendent_elements()
        .filter(|element| element.value().name() == "img")
        .find_map(|element| picture::address(element.value(), &dom.base));
    first.map(|url| Found::new(url, "first picture"))
}

fn address(value: &serde_json::Value, data: &JsonLd) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Array(values) => values.iter().find_map(|value| address(value, data)),
        serde_json::Value::Object(_) => {
            let node = data.resolve(value)?;
            ["url", "contentUrl"].iter().find_map(|key| address(node.get(*key)?, data))
        }
        _ => None,
    }
}
