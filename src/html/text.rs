//! Plain text of nodes.

use scraper::ElementRef;

/// Collapses runs of white space (no-break spaces too) to one space and trims.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// All text below an element, white space collapsed.
pub fn text_of(element: ElementRef<'_>) -> String {
    collapse(&element.text().collect::<String>())
}
