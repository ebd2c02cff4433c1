//! The address of a picture, however lazily it is loaded.

use scraper::ElementRef;
use scraper::node::Element;

use super::Attribute as _;
use super::noise::hides;
use crate::url::Url;

/// Attributes that lazy loaders keep the address in, the most telling first.
const LAZY: [&str; 16] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-lazyload",
    "data-url",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-img-src",
    "data-actualsrc",
    "data-echo",
    "data-src-large",
    "data-runner-src",
    "data-large-file",
    "data-orig-file",
];
/// Attributes that hold several candidates.
const SETS: [&str; 4] = ["data-srcset", "srcset", "data-lazy-srcset", "data-sizes-srcset"];
/// Pictures of this size or less count visits.
const PIXEL: u32 = 3;
/// No reader needs a wider picture; among candidates the widest up to this is best.
const WIDEST: u32 = 1_600;
/// A picture of single density is about so wide.
const SINGLE: f64 = 400.0;
/// What a loader is to show, and what is shown without scripts, is about so wide where nothing is said of it; the `src` beside it is a blurred stand-in.
const SHOWN: u32 = 500;
/// The `src`, of which nothing is said.
const PLAIN: u32 = 10;
/// Nothing is said of how wide a candidate of a set is: it is only better than the `src`.
const UNTOLD: u32 = PLAIN + 1;

/// A picture's candidates, of which the widest that is not wider than needed stays; of equals the first.
#[derive(Debug, Default)]
pub struct Choice {
    best: Option<(u32, Url)>,
}

impl Choice {
    /// The best address.
    pub fn into_address(self) -> Option<Url> {
        self.best.map(|(_, url)| url)
    }

    /// The candidates of an `<img>` (or `<amp-img>`), unless it counts visits.
    pub fn img(&mut self, element: &Element, base: &Url) {
        self.element(element, base, PLAIN);
    }

    /// The candidates of an `<img>` for readers without scripts. Only one from where the others come from is the same picture: visits are counted elsewhere.
    pub fn without_scripts(&mut self, element: &Element, base: &Url) {
        let mut other = Self::default();
        other.element(element, base, SHOWN);
        let Some((rank, url)) = other.best else { return };
        if self.best.as_ref().is_none_or(|(_, own)| own.host() == url.host()) {
            self.offer(rank, || Some(url));
        }
    }

    /// The candidates of the `<source>`s and the `<img>` of a `<picture>`.
    pub fn picture(&mut self, picture: ElementRef<'_>, base: &Url) {
        let named = |name: &'static str| picture.descendent_elements().map(|child| child.value()).filter(move |child| child.name() == name);
        named("img").for_each(|img| self.img(img, base));
        named("source").for_each(|source| self.sets(source, base, true));
    }

    fn element(&mut self, element: &Element, base: &Url, plain_rank: u32) {
        if is_pixel(element) {
            return;
        }
        self.sets(element, base, false);
        if let Some(url) = LAZY.iter().find_map(|name| self.lazy(element.attribute(name)?, base)) {
            self.offer(SHOWN, || Some(url));
        }
        if let Some(source) = element.attribute("src") {
            self.offer(plain_rank, || usable(source, base));
        }
    }

    /// What a loader keeps: an address, or all of a set.
    fn lazy(&mut self, text: &str, base: &Url) -> Option<Url> {
        let text = text.trim();
        if text.ends_with(['w', 'x']) && text.contains(char::is_whitespace) {
            self.set(text, base, rank);
            return None;
        }
        // A flag for the loader (`data-lazy=true`) is no address.
        text.contains(['/', '.']).then(|| usable(text, base))?
    }

    fn sets(&mut self, element: &Element, base: &Url, is_source: bool) {
        // Not every reader shows the newest format.
        let is_new = element.attribute("type") == Some("image/avif");
        let of_source = |size: &str| {
            // Sources are for screens of all sizes: how dense their candidates are does not tell how wide they are.
            let rank = rank(size)?;
            Some(if size.ends_with('x') || rank == UNTOLD {
                PLAIN / 2 + u32::from(rank > UNTOLD)
            } else {
                rank / if is_new { 4 } else { 1 }
            })
        };
        for set in SETS.iter().filter_map(|name| element.attribute(name)) {
            if is_source { self.set(set, base, of_source) } else { self.set(set, base, rank) }
        }
    }

    /// The candidates of a `srcset`, split as HTML says: an address ends at white space, and a comma ends it only at its end.
    fn set(&mut self, set: &str, base: &Url, rank: impl Fn(&str) -> Option<u32>) {
        let is_between = |character: char| character.is_ascii_whitespace() || character == ',';
        let mut rest = set.trim_start_matches(is_between);
        while !rest.is_empty() {
            let (word, after) = rest.split_once(|character: char| character.is_ascii_whitespace()).unwrap_or((rest, ""));
            let address = word.trim_end_matches(',');
            let (size, next) = if address.len() < word.len() { ("", after) } else { after.split_once(',').unwrap_or((after, "")) };
            rest = next.trim_start_matches(is_between);
            if let Some(rank) = rank(size.trim()) {
                self.offer(rank, || usable(address, base));
            }
        }
    }

    fn offer(&mut self, rank: u32, url: impl FnOnce() -> Option<Url>) {
        if self.best.as_ref().is_none_or(|(best, _)| rank > *best)
            && let Some(url) = url()
        {
            self.best = Some((rank, url));
        }
    }
}

/// The best address of an `<img>`; `None` for placeholders and tracking pixels.
pub fn address(element: &Element, base: &Url) -> Option<Url> {
    let mut choice = Choice::default();
    choice.img(element, base);
    choice.into_address()
}

/// Whether nobody sees an element: hidden, or as small as what counts visits. What a loader fills shows itself later.
pub fn is_unseen(element: &Element) -> bool {
    let is_lazy = || {
        LAZY.iter()
            .chain(&SETS)
            .any(|name| name.starts_with("data-") && element.attribute(name).is_some_and(|text| text.contains(['/', '.'])))
    };
    let is_small = |name: &str| size(element, name).is_some_and(|size| size <= PIXEL);
    is_small("width") && is_small("height") || (element.attribute("hidden").is_some() || is_unseen_by_style(element)) && !is_lazy()
}

fn is_unseen_by_style(element: &Element) -> bool {
    let Some(style) = element.attribute("style") else { return false };
    if hides(style) {
        return true;
    }
    let mut small = 0;
    for (name, value) in style.split(';').filter_map(|rule| rule.split_once(':')) {
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().trim_end_matches("!important").trim_end().to_ascii_lowercase());
        if matches!(name.as_str(), "width" | "height") && pixels(&value).is_some_and(|size| size <= PIXEL) {
            small += 1;
        }
    }
    small >= 2
}

/// A picture that is small in one direction is a line or a pixel.
fn is_pixel(element: &Element) -> bool {
    is_smaller(element, PIXEL + 1) || is_unseen(element)
}

/// Whether a picture is told to be smaller than that, in one direction at least.
pub fn is_smaller(element: &Element, than: u32) -> bool {
    ["width", "height"].iter().any(|name| size(element, name).is_some_and(|size| size < than))
}

fn size(element: &Element, name: &str) -> Option<u32> {
    element.attribute(name).and_then(pixels)
}

fn pixels(size: &str) -> Option<u32> {
    size.trim().trim_end_matches("px").parse().ok()
}

fn usable(text: &str, base: &Url) -> Option<Url> {
    let text = text.trim();
    let is_placeholder = text.is_empty()
        || text.starts_with("data:")
        || text.contains("blank.gif")
        || text.contains("spacer.")
        || text.contains("placeholder");
    // A brace is where a script fills something in.
    if is_placeholder || text.contains('{') || text.starts_with('[') {
        return None;
    }
    base.join(text).filter(Url::is_web)
}

/// How wide a candidate is by what stands behind its address; `None` if that says nothing known.
fn rank(size: &str) -> Option<u32> {
    // A height may stand beside the width.
    let Some(size) = size.split_ascii_whitespace().find(|size| !size.ends_with('h')) else { return Some(UNTOLD) };
    let width = match size.strip_suffix('x') {
        Some(density) => density.parse::<f64>().ok().map(|density| if density > 1.0 { (density * SINGLE) as u32 } else { UNTOLD }),
        None => size.strip_suffix('w').unwrap_or(size).parse().ok(),
    }?;
    Some(if width > WIDEST { WIDEST / 2 } else { width })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(img: &str, expected: Option<&str>) {
        let html = scraper::Html::parse_fragment(img);
        let elements = || html.root_element().descendent_elements();
        let base = Url::parse("https://a.example/x/").unwrap();
        let mut choice = Choice::default();
        match elements().find(|element| element.value().name() == "picture") {
            Some(picture) => choice.picture(picture, &base),
            None => choice.img(elements().find(|element| element.value().name().ends_with("img")).unwrap().value(), &base),
        }
        let found = choice.into_address().map(|url| url.to_string());
        assert_eq!(found.as_deref(), expected.map(|path| format!("https://a.example/{path}")).as_deref(), "{img}");
    }

    #[test]
    fn lazy_pictures_are_found() {
        check("<img src='data:image/gif;base64,AA' data-src='p.jpg'>", Some("x/p.jpg"));
        check("<img src='s.jpg'>", Some("x/s.jpg"));
        for name in ["data-lazyload", "data-img-src", "data-orig-file", "data-lazy-src"] {
            check(&format!("<img src='data:image/gif;base64,AA' {name}=/p.jpg>"), Some("p.jpg"));
        }
        check("<amp-img src=/p.jpg width=300 height=200></amp-img>", Some("p.jpg"));
        check("<img data-lazy=true src=/p.jpg>", Some("p.jpg"));
        check("<img data-src='about:blank' data-original=/p.jpg>", Some("p.jpg"));
        check("<img data-src='/p_{width}x.jpg' src=/p_20x.jpg>", Some("p_20x.jpg"));
        check("<img style='display:none' data-src=/p.jpg>", Some("p.jpg"));
    }

    #[test]
    fn the_widest_candidate_that_a_reader_needs_is_taken() {
        check("<img src='s.jpg' srcset='a.jpg 400w, b,c.jpg 1200w, d.jpg 4000w'>", Some("x/b,c.jpg"));
        check("<img data-src=300.jpg data-srcset='300.jpg 300w, 1024.jpg 1024w'>", Some("x/1024.jpg"));
        check("<img data-src=large.jpg srcset='blurred.jpg 30w'>", Some("x/large.jpg"));
        check("<picture><source srcset='400.webp 400w, 1400.webp 1400w'><img src=20.jpg></picture>", Some("x/1400.webp"));
        check("<picture><source srcset=p.webp><img src=p.jpg></picture>", Some("x/p.jpg"));
        check("<picture><source type=image/avif srcset='p.avif 1200w'><img src=p.jpg srcset='p.jpg 1000w'></picture>", Some("x/p.jpg"));
        check("<picture><source media='(max-width: 700px)' srcset='s.jpg, m.jpg 2x'><img src=p.jpg></picture>", Some("x/p.jpg"));
        check("<picture><source srcset='s.jpg, m.jpg 2x'></picture>", Some("x/m.jpg"));
        check("<img src=1.jpg srcset='1.jpg 1x, 2.jpg 2x'>", Some("x/2.jpg"));
    }

    #[test]
    fn addresses_in_sets_may_hold_commas() {
        check("<img srcset='/c_fill,w_300/a.jpg 300w, /c_fill,w_900/a.jpg 900w'>", Some("c_fill,w_900/a.jpg"));
        check("<img srcset='/c_fill,w_300/a.jpg 300w,/c_fill,w_900/a.jpg 900w,'>", Some("c_fill,w_900/a.jpg"));
        check("<img srcset='/a.jpg, /b.jpg 2x'>", Some("b.jpg"));
        check("<img srcset=', ,'>", None);
        check("<img srcset='/a.jpg 900w 600h,\n\t/b.jpg 300w 200h'>", Some("a.jpg"));
    }

    #[test]
    fn pixels_and_placeholders_are_not() {
        for unseen in [
            "width=1 height=1",
            "style='display:none'",
            "hidden",
            "style='WIDTH: 1px; height:1px !important'",
            "style='visibility: hidden'",
        ] {
            check(&format!("<img src='https://t.example/x.gif' {unseen}>"), None);
        }
        check("<img src='data:image/gif;base64,AA'>", None);
        check("<img src=/p.jpg style='width:100%;height:0'>", Some("p.jpg"));
    }

    #[test]
    fn what_readers_without_scripts_see_is_better_than_a_stand_in() {
        let html = scraper::Html::parse_fragment("<img src=/blurred.jpg><img src=/p.jpg><img src='https://count.example/v'>");
        let base = Url::parse("https://a.example/").unwrap();
        let mut choice = Choice::default();
        for (at, img) in html.root_element().descendent_elements().filter(|element| element.value().name() == "img").enumerate() {
            if at == 0 { choice.img(img.value(), &base) } else { choice.without_scripts(img.value(), &base) }
        }
        assert_eq!(choice.into_address().unwrap().as_str(), "https://a.example/p.jpg");
    }
}
