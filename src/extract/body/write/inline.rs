//! Marks within a line that are for the page and not for its reader elsewhere: signs that link to a heading, words for screen readers, buttons beside code, numbers
//! of lines; and formulas.

use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::Writing;
use crate::html::{self, Attribute as _, collapse};
use crate::url::Url;

/// Signs that link to the place where they stand.
const SIGNS: [char; 6] = ['#', '¶', '§', '🔗', '⚓', '∞'];
/// Names of styles that show words to screen readers only.
const SPOKEN: [&str; 9] = [
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "u-visually-hidden",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader-only",
    "show-for-sr",
    "element-invisible",
];
/// In bytes: "Skip to the end of the gallery".
const LONGEST_HINT: usize = 100;
/// `[edit | edit source]` is longer in other languages.
const LONGEST_SECTION_LINK: usize = 60;
/// What a button says is a word or two.
const LONGEST_BUTTON: usize = 20;
/// A button stands among the first or last few things beside its code.
const BESIDE: usize = 8;
/// Boxes around the code in a cell.
const CELL_LEVELS: usize = 4;

/// Whether an element holds nothing for a reader elsewhere.
pub(super) fn is_for_page(wrapped: ElementRef<'_>, base: &Url) -> bool {
    let element = wrapped.value();
    match element.name() {
        "a" => is_sign(wrapped, base) || is_spoken(element) || is_copy_button(wrapped),
        "span" => is_spoken(element) || is_section_link(wrapped) || is_copy_button(wrapped),
        "small" | "em" | "i" | "b" | "strong" => is_spoken(element),
        "div" => is_copy_button(wrapped) || is_section_link(wrapped) || is_hint(wrapped),
        "p" | "li" => is_hint(wrapped),
        "td" => is_line_numbers(wrapped),
        _ => false,
    }
}

/// `#` or `¶`, or nothing at all, linked to a place of the same page.
fn is_sign(link: ElementRef<'_>, base: &Url) -> bool {
    let Some(href) = link.attribute("href") else { return false };
    let Some((path, _)) = href.split_once('#') else { return false };
    let is_here = || base.join(path).is_some_and(|url| url.path() == base.path() && url.host() == base.host());
    if !path.is_empty() && !is_here() {
        return false;
    }
    let in_heading = link.ancestors().take(2).any(|node| is_heading(&node));
    // Fonts of symbols have theirs in the private area.
    let is_mark = |character: char| {
        SIGNS.contains(&character)
            || matches!(character, '\u{200b}' | '\u{fe0f}' | '\u{e000}'..='\u{f8ff}')
            || in_heading && !character.is_alphanumeric()
    };
    link.text().flat_map(str::chars).filter(|character| !character.is_whitespace()).all(is_mark)
        && !link.descendent_elements().any(|element| matches!(element.value().name(), "img" | "picture"))
}

fn is_heading(node: &NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| html::is_heading(element.name()))
}

fn is_spoken(element: &Element) -> bool {
    element.attribute("class").is_some_and(|class| class.split_ascii_whitespace().any(|name| SPOKEN.contains(&name)))
}

/// A line for those who let a program read the page out; more text is hidden for another reason.
fn is_hint(wrapped: ElementRef<'_>) -> bool {
    is_spoken(wrapped.value()) && short_text(wrapped, LONGEST_HINT).is_some()
}

/// `[edit]` in or after a heading.
fn is_section_link(wrapped: ElementRef<'_>) -> bool {
    let before = wrapped.prev_siblings().find(|node| node.value().is_element());
    if !wrapped.parent().is_some_and(|parent| is_heading(&parent)) && !before.is_some_and(|before| is_heading(&before)) {
        return false;
    }
    let Some(text) = short_text(wrapped, LONGEST_SECTION_LINK) else { return false };
    text.starts_with('[') && text.ends_with(']') && wrapped.descendent_elements().any(|element| element.value().name() == "a")
}

/// Collapsed text, unless it is longer than that.
fn short_text(wrapped: ElementRef<'_>, longest: usize) -> Option<String> {
    let mut text = String::new();
    for piece in wrapped.text().map(str::trim).filter(|piece| !piece.is_empty()) {
        text.push_str(piece);
        text.push(' ');
        if text.len() > longest {
            return None;
        }
    }
    text.pop();
    Some(text)
}

/// A word or two beside code, in what is named for copying.
fn is_copy_button(wrapped: ElementRef<'_>) -> bool {
    let names_copying = |class: &str| {
        let mut words = class.split(|character: char| !character.is_ascii_alphanumeric());
        words.any(|word| ["copy", "clipboard", "copybtn", "copybutton"].iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    // Hardly any name has these letters, and only those are taken apart.
    let may_name = |class: &&str| class.contains("opy") || class.contains("lipboard");
    let is_code = |node: NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| element.name() == "pre");
    wrapped.attribute("class").filter(may_name).is_some_and(names_copying)
        && wrapped
            .ancestors()
            .take(2)
            .any(|box_| is_code(box_) || box_.children().take(BESIDE).any(is_code) || box_.children().rev().take(BESIDE).any(is_code))
        && short_text(wrapped, LONGEST_BUTTON).is_some()
}

/// A cell of nothing but numbers before a cell of code.
fn is_line_numbers(cell: ElementRef<'_>) -> bool {
    let mut text = cell.text().flat_map(str::chars).filter(|character| !character.is_whitespace()).peekable();
    if text.peek().is_none() || !text.all(|character| character.is_ascii_digit()) {
        return false;
    }
    let mut inner = cell.next_siblings().find_map(ElementRef::wrap);
    for _ in 0..=CELL_LEVELS {
        let Some(element) = inner else { return false };
        if element.value().name() == "pre" {
            return true;
        }
        inner = element.child_elements().next();
    }
    false
}

impl Writing<'_> {
    pub(super) fn line_break(&mut self) {
        let Some(line) = &mut self.line else { return };
        line.breaks += 1;
        // Two breaks are how old pages end a paragraph.
        if line.breaks >= 2 && line.name == "p" && line.inline.is_empty() {
            self.end_line();
            return;
        }
        if line.text.is_empty() && !line.has_picture && !line.preformatted {
            return;
        }
        line.text.push('\n');
        self.html.open("br", &[]);
    }

    /// Ends the line where a box begins or ends; within code a box is a line of it.
    pub(super) fn end_part(&mut self) {
        match &mut self.line {
            Some(line) if line.preformatted => {
                if !line.text.is_empty() && !line.text.ends_with('\n') {
                    line.text.push('\n');
                    self.html.text("\n");
                }
            }
            _ => self.end_line(),
        }
    }

    /// A formula in the text, unless it is drawn beside its mark-up too.
    pub(super) fn formula(&mut self, math: ElementRef<'_>) {
        let is_ours = self.places.as_ref().is_none_or(|places| places.is_amid(*math, self.at));
        if is_ours && !is_drawn(*math) {
            self.words(&formula_of(math));
        }
    }
}

/// Whether a picture of a formula, or its signs set for the eye, stand beside its mark-up.
fn is_drawn(math: NodeRef<'_, Node>) -> bool {
    /// Between the formula and what holds its drawing too stands one box or two.
    const LEVELS: usize = 2;
    let boxes = std::iter::once(math).chain(math.ancestors()).take(LEVELS);
    let mut beside = boxes.flat_map(|node| node.next_siblings().take(2).chain(node.prev_siblings().take(2))).filter_map(ElementRef::wrap);
    beside.any(|element| match element.value().name() {
        "img" => element.attribute("alt").is_some_and(|alt| !alt.trim().is_empty()),
        "span" | "nobr" => element.attribute("aria-hidden") == Some("true") && element.text().any(|text| !text.trim().is_empty()),
        _ => false,
    })
}

/// What a formula says: as its author wrote it, else its signs in order.
fn formula_of(math: ElementRef<'_>) -> String {
    let alternative = math.attribute("alttext").map(collapse).filter(|text| !text.is_empty());
    let written = alternative.or_else(|| {
        let mut inner = math.descendent_elements().filter(|element| element.value().name() == "annotation");
        inner
            .find(|element| element.attribute("encoding") == Some("application/x-tex"))
            .map(|element| collapse(&element.text().collect::<String>()))
    });
    let Some(written) = written else {
        let texts = math.text().map(str::trim).filter(|text| !text.is_empty());
        return texts.collect::<Vec<_>>().join(" ");
    };
    // Wikis wrap each formula in a style.
    let bare =
        written.strip_prefix("{\\displaystyle ").or_else(|| written.strip_prefix("{\\textstyle ")).and_then(|bare| bare.strip_suffix('}'));
    bare.map_or(written.clone(), |bare| bare.trim().to_owned())
}
