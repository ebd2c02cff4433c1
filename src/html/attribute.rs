//! Attributes by name, at a glance.

use html5ever::ns;
use scraper::ElementRef;
use scraper::node::Element;

/// Looks up attributes of elements.
///
/// The look-up of `scraper` makes an interned name of what it is asked for each time. Elements have few attributes: to look at each is several times faster.
pub trait Attribute<'a> {
    /// The value of an attribute (HTML's own, lower case), as written.
    fn attribute(self, name: &str) -> Option<&'a str>;
}

impl<'a> Attribute<'a> for &'a Element {
    fn attribute(self, name: &str) -> Option<&'a str> {
        self.attrs.iter().find(|(known, _)| &*known.local == name && known.ns == ns!()).map(|(_, value)| &**value)
    }
}

impl<'a> Attribute<'a> for ElementRef<'a> {
    fn attribute(self, name: &str) -> Option<&'a str> {
        self.value().attribute(name)
    }
}
