//! The lead image.

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::elsewhere::is_elsewhere;
use super::explain;
use crate::extract::json_ld::{self, JsonLd};
use crate::extract::near;
use crate::html::{Attribute as _, Css, Dom, noise, picture};
use crate::model::{Candidate, Found};
use crate::url::Url;

/// Names of `<meta>` that hold the picture's address, best first.
const META_KEYS: [&str; 7] =
    ["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full"];
/// A lead picture is wider and higher than a portrait.
const SMALLEST: u32 = 150;
/// Elements of structured data that are asked for a picture, and how far within one its address stands.
const MOST_MARKED: usize = 200;
const MOST_WITHIN: usize = 12;
/// Boxes around a picture that are asked whether it is of something else, and pictures that are.
const MOST_AROUND: usize = 10;
const MOST_PICTURES: usize = 24;
/// In bytes: boxes for other articles, authors and sharing hold less text.
const MUCH_TEXT: usize = 1_500;
/// Nodes below the headline in which a lead picture stands.
const NODES_BELOW: usize = 600;
/// Levels of the boxes around the headline, what stands before each, and nodes of that.
const LEVELS_ABOVE: usize = 5;
const MOST_BEFORE: usize = 4;
const NODES_OF_HEAD: usize = 60;
/// Parts of names, addresses and texts of pictures that are no lead pictures.
const SYMBOLS: [&str; 10] = ["avatar", "icon", "logo", "gravatar", "emoji", "sprite", "pixel", "badge", "button", "author"];

/// Parts of addresses of what templates show where there is no picture.
const STAND_INS: [&str; 4] = ["no-thumb", "no-image", "noimage", "placeholder"];

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
        let of_article = data.articles().find_map(|node| ["image", "thumbnailUrl"].iter().find_map(|key| address(node.get(*key)?, data)));
        let is_video = |node: &&serde_json::Map<String, serde_json::Value>| {
            node.get("@type").and_then(json_ld::text).is_some_and(|kind| kind == "VideoObject")
        };
        let of_video = || data.own_nodes().filter(is_video).find_map(|node| address(node.get("thumbnailUrl")?, data));
        let address = of_article.or_else(of_video)?;
        Some((dom.base.join(&address)?, "json-ld image".to_owned()))
    });
    let linked = dom.survey.links.iter().filter(|link| link.rel == "image_src");
    let linked = linked.filter_map(|link| Some((dom.base.join(&link.href)?, "link image_src".to_owned())));
    let shown = std::iter::once_with(|| Some((first_picture(dom, heading)?, "first picture".to_owned())));
    let above = std::iter::once_with(|| Some((picture_above(dom, heading)?, "picture above the headline".to_owned())));
    let marked = std::iter::once_with(|| Some((marked(dom)?, "itemprop image".to_owned()))).flatten();
    let mut seen = metas
        .chain(told.flatten())
        .chain(linked)
        .chain(marked)
        .chain(shown.flatten())
        .chain(above.flatten())
        .filter(|(url, _)| url.is_web());
    let Some(candidates) = candidates else { return seen.next().map(|(url, origin)| Found::new(url, origin)) };
    let all: Vec<(Url, String)> = seen.collect();
    let (url, origin) = all.first().cloned()?;
    let texts: Vec<(String, String)> = all.into_iter().map(|(url, origin)| (url.to_string(), origin)).collect();
    explain(candidates, "image", &texts, &origin);
    Some(Found::new(url, origin))
}

/// The picture that microdata of the page mark as the article's.
fn marked(dom: &Dom) -> Option<Url> {
    let elements = dom.survey.itemprops.iter().take(MOST_MARKED).filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    let images = elements.filter(|element| element.attribute("itemprop") == Some("image") && !is_elsewhere(**element));
    images.into_iter().find_map(|image| {
        let linked =
            || dom.base.join(image.attribute("href").filter(|_| image.value().name() == "link").or_else(|| image.attribute("content"))?);
        let inner = || {
            image.descendent_elements().take(MOST_WITHIN).find_map(|inner| match inner.attribute("itemprop") {
                Some("url" | "contentUrl") => dom.base.join(inner.attribute("content").or_else(|| inner.attribute("src"))?),
                _ => picture_of(dom, inner),
            })
        };
        picture_of(dom, image).or_else(linked).or_else(inner).filter(|url| !STAND_INS.iter().any(|word| url.path().contains(word)))
    })
}

/// The address of a picture, or of one that stands for a film.
fn picture_of(dom: &Dom, element: ElementRef<'_>) -> Option<Url> {
    match element.value().name() {
        "img" if !is_small(element.value()) => picture::address(element.value(), &dom.base),
        "video" | "amp-video" => dom.base.join(element.attribute("poster").filter(|poster| !poster.trim().is_empty())?),
        _ => None,
    }
}

/// The first picture below the headline that is no portrait or symbol, within a screen or two.
fn first_picture(dom: &Dom, heading: Option<NodeId>) -> Option<Url> {
    let heading = dom.html.tree.get(heading.or_else(|| dom.survey.headings.first().copied())?)?;
    let pictures = near::following(heading)
        .take(NODES_BELOW)
        .filter_map(ElementRef::wrap)
        .filter_map(|element| Some((element, picture_of(dom, element)?)));
    pictures.take(MOST_PICTURES).find(|(element, _)| !is_of_others(*element, heading)).map(|(_, url)| url)
}

/// Whether a picture stands in a box for other articles, an author, the site or advertisements, apart from the headline. A box that holds much text is the
/// article's, whatever its name.
fn is_of_others(picture: ElementRef<'_>, heading: NodeRef<'_, Node>) -> bool {
    let around = picture.ancestors().take(MOST_AROUND).take_while(|node| !heading.ancestors().any(|outer| outer.id() == node.id()));
    let is_other = |element: ElementRef<'_>| match element.value().name() {
        "aside" | "footer" => true,
        "article" | "main" => false,
        _ => noise::holds_other_pictures(element.value()) && !noise::names_picture(element.value()) && !holds_text(element),
    };
    around.filter_map(ElementRef::wrap).any(is_other)
}

/// Whether a box holds much text.
fn holds_text(element: ElementRef<'_>) -> bool {
    let mut held = 0;
    element.descendants().take(NODES_BELOW).filter_map(|node| node.value().as_text()).any(|text| {
        held += text.trim().len();
        held > MUCH_TEXT
    })
}

/// The picture just above the headline, in the article or its head.
fn picture_above(dom: &Dom, heading: Option<NodeId>) -> Option<Url> {
    let heading = dom.html.tree.get(heading?)?;
    let is_within = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| !matches!(element.name(), "body" | "html"));
    let around = std::iter::once(heading).chain(heading.ancestors()).take(LEVELS_ABOVE).take_while(is_within);
    let before = around.flat_map(|node| node.prev_siblings().take(MOST_BEFORE)).filter_map(ElementRef::wrap);
    let is_own = |element: &ElementRef<'_>| !matches!(element.value().name(), "nav" | "aside" | "footer");
    let nodes = before.filter(is_own).flat_map(|element| element.descendants().take(NODES_OF_HEAD));
    let pictures = nodes.filter_map(ElementRef::wrap).filter_map(|element| Some((element, picture_of(dom, element)?))).take(MOST_PICTURES);
    pictures.into_iter().find(|(element, _)| !leads_home(dom, *element) && !is_of_others(*element, heading)).map(|(_, url)| url)
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
        let headline = "<article><h1>The ferry sails</h1>";
        for name in ["related", "byline", "share", "ads", "author"] {
            check(&format!("{headline}<div class={name}><img src=/other.jpg></div>"), None);
        }
        check(&format!("{headline}<aside><img src=/other.jpg></aside><footer><img src=/sponsor.jpg></footer>"), None);
        let text = "<p>The ferry to the outer islands sails an hour later until the end of the month.</p>".repeat(30);
        check(&format!("{headline}<div class=share><img src=/ferry.jpg>{text}</div>"), Some("/ferry.jpg"));
        check(&format!("<div class=related>{headline}<img src=/ferry.jpg></div>"), Some("/ferry.jpg"));
        check(&format!("{headline}<video poster=/film.jpg></video>"), Some("/film.jpg"));
        let data = |node: &str| format!("<script type=application/ld+json>{node}</script>{headline}");
        check(&data("{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"thumbnailUrl\":\"/small.jpg\"}"), Some("/small.jpg"));
        check(&data("{\"@type\":\"VideoObject\",\"name\":\"A\",\"thumbnailUrl\":[\"/film.jpg\"]}"), Some("/film.jpg"));
        check(&format!("<meta itemprop=image content=/marked.jpg>{headline}"), Some("/marked.jpg"));
        check(&format!("<meta itemprop=image content=/no-thumb.png>{headline}"), None);
        check(&format!("{headline}<div class=quayShareImage><img src=/ferry.jpg></div>"), Some("/ferry.jpg"));
        check(&format!("<p itemprop=image itemscope><meta itemprop=url content=/marked.jpg></p>{headline}"), Some("/marked.jpg"));
        check(&format!("{headline}<aside><img itemprop=image src=/other.jpg></aside>"), None);
        check("<article><div><img class=avatar src=/ana.jpg></div><h1>The ferry sails</h1></article>", None);
    }
}
