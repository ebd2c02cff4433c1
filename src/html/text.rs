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

/// Adds a text to a line, runs of white space collapsed; none begins the line, and at most one space ends it.
pub fn push_collapsed(line: &mut String, text: &str) {
    line.reserve(text.len());
    let (mut word, mut at) = (0, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        // Most text is ASCII, and need not be decoded to be told apart.
        let (is_space, length) = if byte.is_ascii() {
            (matches!(byte, b' ' | b'\t'..=b'\r'), 1)
        } else {
            let character = text.get(at..).and_then(|rest| rest.chars().next());
            (character.is_some_and(char::is_whitespace), character.map_or(1, char::len_utf8))
        };
        if is_space {
            push_word(line, text.get(word..at).unwrap_or(""));
            word = at + length;
        }
        at += length;
    }
    line.push_str(text.get(word..).unwrap_or(""));
}

/// Adds a word, if it is one, and the space after it.
fn push_word(line: &mut String, word: &str) {
    line.push_str(word);
    if !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
}

/// All text below an element, white space collapsed.
pub fn text_of(element: ElementRef<'_>) -> String {
    let mut line = String::new();
    element.text().for_each(|text| push_collapsed(&mut line, text));
    line.truncate(line.trim_end().len());
    line
}

/// Whether an element begins a new line: what stands before it and in it are not one sentence.
pub fn is_block_element(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dd"
            | "dt"
            | "td"
            | "th"
            | "tr"
            | "tbody"
            | "table"
            | "pre"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "body"
            | "html"
            | "center"
            | "details"
            | "address"
            | "br"
            | "hr"
    )
}
