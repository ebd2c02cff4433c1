//! What the words of class names and ids, and tags, weigh for a line being the article's.
//!
//! The weights are data (`weights.txt`), a line for each word: what it adds where the line's own block bears it, where the block around that does, and where any block
//! around the line does, its own among them. They are fitted to pages with known bodies by `cargo run --release --example fit_body`, only for words of several sites;
//! what they add up to is one of the numbers that the judge is told.

use std::fmt::Write as _;
use std::ops::AddAssign;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use scraper::node::Element;

use crate::html::lexicon;

/// A tag stands among the words with this before it.
const TAG: &str = "<";
/// Letters that are looked up.
const LETTERS: usize = lexicon::LONGEST_WORD;

/// What a word, or all words of an element, add for the lines of the element itself, of the elements right within, and of all within.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Weights {
    /// For the lines of the element itself.
    pub own: f32,
    /// For those of the elements right within.
    pub parent: f32,
    /// For all within, its own too.
    pub any: f32,
}

impl AddAssign for Weights {
    fn add_assign(&mut self, other: Self) {
        self.own += other.own;
        self.parent += other.parent;
        self.any += other.any;
    }
}

/// What all words around a line add up to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    own: Weights,
    from_parent: f32,
    around: f32,
}

impl Evidence {
    /// The evidence of an element within this one.
    pub(super) fn inside(self, own: Weights) -> Self {
        Self { own, from_parent: self.own.parent, around: self.around + own.any }
    }

    /// For a line right within the element.
    pub(super) fn sum(self) -> f32 {
        self.own.own + self.from_parent + self.around
    }
}

static FITTED: LazyLock<FxHashMap<&str, Weights>> = LazyLock::new(|| include_str!("weights.txt").lines().filter_map(read).collect());

fn read(line: &str) -> Option<(&str, Weights)> {
    let mut parts = line.split(' ');
    let word = parts.next()?;
    let mut number = || parts.next()?.parse().ok();
    Some((word, Weights { own: number()?, parent: number()?, any: number()? }))
}

/// As text, in the order given, the words that weigh something.
pub fn to_text<'a>(words: impl IntoIterator<Item = (&'a str, Weights)>) -> String {
    let mut out = String::new();
    for (word, Weights { own, parent, any }) in words {
        let line = format!("{word} {own:.2} {parent:.2} {any:.2}").replace("-0.00", "0.00");
        if !line.ends_with(" 0.00 0.00 0.00") {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

/// What a tag weighs.
pub(super) fn of_tag(name: &str) -> Weights {
    of(&[TAG.as_bytes(), name.as_bytes()])
}

/// What a word of a class or id weighs.
pub(super) fn of_word(word: &[u8]) -> Weights {
    of(&[word])
}

fn of(parts: &[&[u8]]) -> Weights {
    let mut letters = [0_u8; LETTERS];
    let mut length = 0;
    for (place, byte) in letters.iter_mut().zip(parts.iter().copied().flatten()) {
        *place = byte.to_ascii_lowercase();
        length += 1;
    }
    let word = letters.get(..length).and_then(|letters| std::str::from_utf8(letters).ok());
    word.and_then(|word| FITTED.get(word)).copied().unwrap_or_default()
}

/// The tag and all words of an element, as they stand in `weights.txt`; for the program that fits the weights.
pub fn words(element: &Element) -> Vec<String> {
    let names = element.attrs().filter(|(name, _)| matches!(*name, "class" | "id")).flat_map(|(_, value)| lexicon::words(value));
    let names = names.map(|word| String::from_utf8_lossy(word).to_ascii_lowercase());
    std::iter::once(format!("{TAG}{}", element.name()).chars().take(LETTERS).collect()).chain(names).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_adds_up() {
        let weights = |own, parent, any| Weights { own, parent, any };
        let outer = Evidence::default().inside(weights(1.0, 10.0, 100.0));
        assert_eq!(outer.sum(), 101.0);
        let inner = outer.inside(weights(2.0, 20.0, 200.0));
        assert_eq!(inner.sum(), 2.0 + 10.0 + 300.0);
        assert_eq!(inner.inside(Weights::default()).sum(), 20.0 + 300.0);
    }

    #[test]
    fn fitted_weights_are_read_as_they_were_written() {
        let read: Vec<_> = include_str!("weights.txt").lines().filter_map(read).collect();
        assert_eq!(to_text(read), include_str!("weights.txt"));
        assert_eq!(of_word(b"no such word"), Weights::default());
    }

    #[test]
    fn words_are_those_of_tag_class_and_id() {
        let page = scraper::Html::parse_fragment(r#"<div class="Post-body shareBar7" id="x main" title="no">text</div>"#);
        let div = page.root_element().child_elements().next().expect("a div");
        assert_eq!(words(div.value()), ["<div", "post", "body", "share", "bar", "main"]);
    }
}
