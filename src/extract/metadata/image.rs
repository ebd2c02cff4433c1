//! The lead image.

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::explain;
use crate::extract::json_ld::JsonLd;
use crate::extract::near;
use crate::html::{Attribute as _, Css, Dom, picture};
use crate::model::{Candidate, Found};
use crate::url::Url;

/// Names of `<meta>` that hold the picture's address, best first.
const META_KEYS: [&str; 7] =
    ["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full"];
/// A lead picture is wider and higher than a portrait.
const SMALLEST: u32 = 150;
/// Nodes below the headline in which a lead picture stands.
const NODES_BELOW: usize = 600;
/// Levels of the boxes around the headline, what stands before each, and nodes of that.
const LEVELS_ABOVE: usize = 5;
const MOST_BEFORE: usize = 4;
const NODES_OF_HEAD: usize = 60;
/// Parts of names, addresses and texts of pictures that are no lead pictures.
const SYMBOLS: [&str; 10] = ["avatar", "icon", "logo", "gravatar", "emoji", "sprite", "pixel", "badge", "button", "author"];

/// By a configured selector: an image, or an element that holds one.
pub(super) fn by_rule(dom: &Dom, css: &Css) -> Option<Found<Url>> {
    let element = dom.html.select(css.selector()).next()?;
    let inner = || element.descendent_elements().find(|child| child.value().name() == "img");
    let image = if element.value().name() == "img" { Some(element) } else { inner() }?;
    picture::address(image.value(), &dom.base).map(|url| Found::new(url, format!("css {}", css.as_str())))
}

/// What the head declares, else the first picture after the headline or of the article.
pub(super) fn find(dom: &Dom, data: &JsonLd, heading: Option<NodeId>, candidates: Option<&mut Vec<Candidate>>) -> Option<Found<Url>> {
    let metas = META_KEYS.iter().filter_map(|key| Some((dom.base.join(dom.survey.meta(key)?)?, format!("meta {key}"))));
    let told = std::iter::once_with(|| {
        let address = data.articles().find_map(|node| address(node.get("image")?, data))?;
        Some((dom.base.join(&address)?, "json-ld image".to_owned()))
    });
    let linked = dom.survey.links.iter().filter(|link| link.rel == "image_src");
    let linked = linked.filter_map(|link| Some((dom.base.join(&link.href)?, "link image_src".to_owned())));
    let shown = std::iter::once_with(|| Some((first_picture(dom, heading)?, "first picture".to_owned())));
    let above = std::iter::once_with(|| Some((picture_above(dom, heading)?, "picture above the headline".to_owned())));
    let mut seen = metas.chain(told.flatten()).chain(linked).chain(shown.flatten()).chain(above.flatten()).filter(|(url, _)| url.is_web());
    let Some(candidates) = candidates else { return seen.next().map(|(url, origin)| Found::new(url, origin)) };
    let all: Vec<(Url, String)> = seen.collect();
    let (url, origin) = all.first().cloned()?;
    let texts: Vec<(String, String)> = all.into_iter().map(|(url, origin)| (url.to_string(), origin)).collect();
    explain(candidates, "image", &texts, &origin);
    Some(Found::new(url, origin))
}

/// The first picture below the headline that is no portrait or symbol, within a screen or two.
fn first_picture(dom: &Dom, heading: Option<NodeId>) -> Option<Url> {
    let heading = dom.html.tree.get(heading.or_else(|| dom.survey.headings.first().copied())?)?;
    near::following(heading)
        .take(NODES_BELOW)
        .filter_map(ElementRef::wrap)
        .filter(|element| element.value().name() == "img" && !is_small(element.value()))
        .find_map(|element| picture::address(element.value(), &dom.base))
}

/// The picture just above the headline, in the article or its head.
fn picture_above(dom: &Dom, heading: Option<NodeId>) -> Option<Url> {
    let heading = dom.html.tree.get(heading?)?;
    let is_within = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| !matches!(element.name(), "body" | "html"));
    let around = std::iter::once(heading).chain(heading.ancestors()).take(LEVELS_ABOVE).take_while(is_within);
    let before = around.flat_map(|node| node.prev_siblings().take(MOST_BEFORE)).filter_map(ElementRef::wrap);
    let is_own = |element: &ElementRef<'_>| !matches!(element.value().name(), "nav" | "aside" | "footer");
    let nodes = before.filter(is_own).flat_map(|element| element.descendants().take(NODES_OF_HEAD));
    let shown = nodes.filter_map(ElementRef::wrap).filter(|element| element.value().name() == "img" && !is_small(element.value()));
    shown.filter(|element| !leads_home(dom, *element)).find_map(|element| picture::address(element.value(), &dom.base))
}

/// Whether a picture stands in a link to the front page: the masthead.
fn leads_home(dom: &Dom, picture: ElementRef<'_>) -> bool {
    picture.ancestors().take(3).any(|around| dom.survey.front_links.contains(&around.id()))
}

/// Whether an image is a portrait, a symbol or an advertisement by its size or names.
fn is_small(element: &Element) -> bool {
    picture::is_smaller(element, SMALLEST)
        || ["class", "id", "src", "alt"].iter().filter_map(|name| element.attribute(name)).any(|text| {
            let text = text.to_ascii_lowercase();
            SYMBOLS.iter().any(|word| text.contains(word))
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_declares_no_picture_shows_one() {
        let check = |page: &str, expected: Option<&str>| {
            let dom = crate::html::parse(page, &Url::parse("https://harbourpost.example/a").unwrap());
            let found = find(&dom, &JsonLd::read(&dom), dom.survey.headings.first().copied(), None);
            assert_eq!(found.map(|found| found.value.path().to_owned()).as_deref(), expected, "{page}");
        };
        let masthead = "<header><a href=/><img src=/name.png></a></header>";
        check(&format!("{masthead}<article><h1>The ferry sails</h1><img src=/ferry.jpg></article>"), Some("/ferry.jpg"));
        check(
            &format!("{masthead}<article><div class=hero><img src=/hero.jpg></div><h1>The ferry sails</h1><p>Text.</p></article>"),
            Some("/hero.jpg"),
        );
        check(&format!("{masthead}<article><h1>The ferry sails</h1><p>Text.</p></article>"), None);
        check("<article><div><img class=avatar src=/ana.jpg></div><h1>The ferry sails</h1></article>", None);
    }
}
