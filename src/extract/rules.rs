//! What the configuration may say about the articles of a source.

use serde::Deserialize;

use crate::html::Css;

/// `article = { body = ".story", remove = [".ad"], date = "time", credit = { css = ".source" } }`. Each rule replaces the automatic way for its field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Rules {
    /// The element that holds the body.
    pub body: Option<Css>,
    /// Elements to take out of the body.
    pub remove: Vec<Css>,
    /// The headline.
    pub title: Option<Css>,
    /// The element that shows the date of publication.
    pub date: Option<Css>,
    /// The element (or elements) with the authors' names.
    pub author: Option<Css>,
    /// The lead image, or an element that holds it.
    pub image: Option<Css>,
    /// The lead.
    pub summary: Option<Css>,
    /// Tags, one an element.
    pub tags: Option<Css>,
    /// Who is credited for the text.
    pub credit: Option<CreditRule>,
}

/// `credit = ".source"`, `credit = { css = ".source" }` or `credit = { after = "Source:" }`.
#[derive(Debug, Clone)]
pub enum CreditRule {
    /// The element that holds the name.
    Css(Css),
    /// The name is what follows these words in a line.
    After(String),
}

impl<'de> Deserialize<'de> for CreditRule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CreditRuleVisitor)
    }
}

struct CreditRuleVisitor;

impl<'de> serde::de::Visitor<'de> for CreditRuleVisitor {
    type Value = CreditRule;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a CSS selector, `{ css = \"…\" }` or `{ after = \"…\" }`")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<CreditRule, E> {
        Css::parse(text).map(CreditRule::Css).map_err(E::custom)
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<CreditRule, A::Error> {
        let mut rule = None;
        while let Some(key) = map.next_key::<String>()? {
            let next = match key.as_str() {
                "css" => CreditRule::Css(map.next_value()?),
                "after" => CreditRule::After(map.next_value()?),
                other => return Err(serde::de::Error::unknown_field(other, &["css", "after"])),
            };
            if rule.replace(next).is_some() {
                return Err(serde::de::Error::custom("expected either `css` or `after`, not both"));
            }
        }
        rule.ok_or_else(|| serde::de::Error::custom("expected `css` or `after`"))
    }
}
