//! Pictures and embedded media of a body.

use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::Writing;
use crate::html::{Attribute as _, collapse, noise, picture};
use crate::url::Url;

impl Writing<'_> {
    /// Pictures belong to the article where the words before them do, and no furniture is around them.
    pub(super) fn takes_pictures(&self, node: NodeRef<'_, Node>) -> bool {
        /// Furniture is small: farther up stands the page.
        const LEVELS: usize = 6;
        let mut around = node.ancestors().take(LEVELS).filter_map(|ancestor| ancestor.value().as_element());
        self.options.kept.is_none() || self.is_inside && !around.any(noise::is_furniture)
    }

    pub(super) fn picture(&mut self, address: Option<Url>, element: &Element) {
        let Some(address) = address else { return };
        self.ensure_line();
        let Some(line) = &mut self.line else { return };
        line.has_picture = true;
        self.pictures += 1;
        let alt = element.attribute("alt").map(collapse).unwrap_or_default();
        let mut attributes = vec![("src", address.as_str().to_owned()), ("alt", alt)];
        attributes.extend(
            ["width", "height"]
                .into_iter()
                .filter_map(|name| Some((name, element.attribute(name)?.to_owned())))
                .filter(|(_, value)| value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty()),
        );
        self.html.open("img", &attributes);
    }

    /// A `<noscript>` is read for its picture only where the loader's placeholder had none.
    pub(super) fn lacks_picture(&self, node: NodeRef<'_, Node>) -> bool {
        let before = node.prev_siblings().filter_map(ElementRef::wrap).take(2);
        !before
            .flat_map(|element| std::iter::once(element).chain(element.descendent_elements()))
            .any(|element| element.value().name() == "img" && picture::address(element.value(), self.options.base).is_some())
    }

    /// Embedded media become a link, with their picture where the mark-up has one.
    pub(super) fn media(&mut self, wrapped: ElementRef<'_>, element: &Element) {
        let source = || wrapped.child_elements().find_map(|child| child.value().attribute("src"));
        let address = element
            .attribute("src")
            .or_else(|| element.attribute("data-src"))
            .or_else(source)
            .and_then(|source| self.options.base.join(source))
            .filter(Url::is_web);
        let Some(address) = address else { return };
        self.end_line();
        self.ensure_line();
        let Some(line) = &mut self.line else { return };
        line.has_picture = true;
        self.pictures += 1;
        self.html.open("a", &[("href", address.as_str().to_owned())]);
        match element.attribute("poster").and_then(|poster| self.options.base.join(poster)) {
            Some(poster) => self.html.open("img", &[("src", poster.as_str().to_owned()), ("alt", String::new())]),
            None => self.html.text(
                &element.attribute("title").map(collapse).filter(|title| !title.is_empty()).unwrap_or_else(|| address.host().to_owned()),
            ),
        }
        self.html.close("a");
        self.end_line();
    }
}
