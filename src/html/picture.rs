//! The address of a picture, however lazily it is loaded.

use scraper::ElementRef;
use scraper::node::Element;

use super::Attribute as _;
use crate::url::Url;

/// Attributes that lazy loaders keep the address in, the most telling first.
const LAZY: [&str; 12] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-actualsrc",
    "data-echo",
    "data-src-large",
    "data-runner-src",
];
/// Attributes that hold several candidates.
const SETS: [&str; 4] = ["data-srcset", "srcset", "data-lazy-srcset", "data-sizes-srcset"];
/// Pictures of this size or less count visits.
const PIXEL: u32 = 3;
/// No reader needs a wider picture; among candidates the widest up to this is best.
const WIDEST: u32 = 1_600;

/// The best address of an `<img>`; `None` for placeholders and tracking pixels.
pub fn address(element: &Element, base: &Url) -> Option<Url> {
    if is_pixel(element) {
        return None;
    }
    let from_set = SETS.iter().find_map(|name| best_of_set(element.attribute(name)?, base));
    let from_lazy = || LAZY.iter().find_map(|name| usable(element.attribute(name)?, base));
    let plain = || element.attribute("src").and_then(|source| usable(source, base));
    from_lazy().or_else(|| from_set.or_else(plain))
}

/// The best address of a `<picture>`: its sources', else its `<img>`'s.
pub fn of_picture(picture: ElementRef<'_>, base: &Url) -> Option<Url> {
    let children: Vec<&Element> = picture.descendent_elements().map(|child| child.value()).collect();
    let img = children.iter().filter(|child| child.name() == "img").find_map(|child| address(child, base));
    let source = || {
        children
            .iter()
            .filter(|child| child.name() == "source")
            .find_map(|child| SETS.iter().find_map(|name| best_of_set(child.attribute(name)?, base)))
    };
    img.or_else(source)
}

fn is_pixel(element: &Element) -> bool {
    let size = |name: &str| element.attribute(name).and_then(|value| value.trim_end_matches("px").parse::<u32>().ok());
    size("width").is_some_and(|width| width <= PIXEL) || size("height").is_some_and(|height| height <= PIXEL)
}

fn usable(text: &str, base: &Url) -> Option<Url> {
    let text = text.trim();
    let is_placeholder = text.is_empty()
        || text.starts_with("data:")
        || text.contains("blank.gif")
        || text.contains("spacer.")
        || text.contains("placeholder");
    if is_placeholder || text.starts_with('{') || text.starts_with('[') {
        return None;
    }
    base.join(text).filter(Url::is_web)
}

/// The widest candidate that is not wider than needed; `srcset` of HTML, section 4.8.4.
fn best_of_set(set: &str, base: &Url) -> Option<Url> {
    let mut best: Option<(u32, Url)> = None;
    for candidate in split_set(set) {
        let mut words = candidate.split_whitespace();
        let Some(url) = words.next().and_then(|text| usable(text, base)) else { continue };
        let width = words.next().map_or(1, |size| match size.strip_suffix('x') {
            Some(density) => density.parse::<f64>().map_or(1, |density| (density * 400.0) as u32),
            None => size.trim_end_matches('w').parse().unwrap_or(1),
        });
        let rank = if width > WIDEST { WIDEST / 2 } else { width };
        if best.as_ref().is_none_or(|(before, _)| rank > *before) {
            best = Some((rank, url));
        }
    }
    best.map(|(_, url)| url)
}

/// Candidates are split by a comma and a space: addresses may hold commas themselves.
fn split_set(set: &str) -> impl Iterator<Item = &str> {
    set.split(", ")
        .flat_map(|part| if part.split_whitespace().count() > 2 { part.split(',').collect::<Vec<_>>() } else { vec![part] })
        .map(|part| part.trim_matches([',', ' ', '\n', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(img: &str, expected: Option<&str>) {
        let html = scraper::Html::parse_fragment(img);
        let element = html.root_element().descendent_elements().find(|element| element.value().name() == "img").unwrap();
        let base = Url::parse("https://a.example/x/").unwrap();
        assert_eq!(address(element.value(), &base).map(|url| url.to_string()).as_deref(), expected, "{img}");
    }

    #[test]
    fn lazy_pictures_are_found() {
        check("<img src='data:image/gif;base64,AA' data-src='p.jpg'>", Some("https://a.example/x/p.jpg"));
        check("<img src='s.jpg' srcset='a.jpg 400w, b,c.jpg 1200w, d.jpg 4000w'>", Some("https://a.example/x/b,c.jpg"));
        check("<img src='s.jpg'>", Some("https://a.example/x/s.jpg"));
    }

    #[test]
    fn pixels_and_placeholders_are_not() {
        check("<img src='https://t.example/x.gif' width=1 height=1>", None);
        check("<img src='data:image/gif;base64,AA'>", None);
    }
}
