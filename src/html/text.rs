//! Plain text of nodes.

use scraper::ElementRef;

/// Collapses runs of white space (no-break spaces too) to one space and trims.
pub fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    push_collapsed(&mut line, text);
    line.truncate(line.trim_end().len());
    line
}

/// Adds a text to a line, runs of white space collapsed; none begins the line, and at most one space ends it.
pub fn push_collapsed(line: &mut String, text: &str) {
    let mut rest = text;
    loop {
        let mut trimmed = rest.trim_ascii_start();
        // Most white space is indentation. What else there is of it is rare.
        if matches!(trimmed.as_bytes().first(), Some(b'\x0b' | 0x80..)) {
            trimmed = trimmed.trim_start();
        }
        if trimmed.len() < rest.len() && !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        if trimmed.is_empty() {
            return;
        }
        let (words, after) = trimmed.split_at_checked(collapsed_length(trimmed)).unwrap_or((trimmed, ""));
        line.push_str(words);
        rest = after;
    }
}

/// How many bytes of a text are as they should be: words, and single spaces between them.
fn collapsed_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut after_space) = (0, false);
    while let Some(byte) = bytes.get(at) {
        // Most text is plain, and its words stand one space apart: eight bytes are told at a glance.
        if let Some(eight) = bytes.get(at..at + EIGHT).and_then(|eight| <[u8; EIGHT]>::try_from(eight).ok())
            && !after_space
            && is_collapsed(u64::from_le_bytes(eight))
        {
            at += EIGHT;
            after_space = eight.last() == Some(&b' ');
            continue;
        }
        let is_space = match byte {
            b' ' if !after_space => false,
            b' ' | b'\t'..=b'\r' => true,
            // All white space beyond ASCII begins with one of these.
            0xC2 | 0xE1 | 0xE2 | 0xE3 => text.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace)),
            _ => false,
        };
        if is_space {
            return at;
        }
        after_space = *byte == b' ';
        at += 1;
    }
    at
}

const EIGHT: usize = size_of::<u64>();

/// Whether eight bytes are plain ASCII without control characters and without two spaces in a row.
fn is_collapsed(bytes: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    // With the high bits at hand, no byte borrows from the next: what is below a bound lacks its high bit.
    let below = |bound: u64| !((bytes | HIGH) - ONES * bound) & HIGH;
    let spaces = below(0x21) & !below(0x20);
    (bytes & HIGH) | below(0x20) | (spaces & (spaces << 8)) == 0
}

/// All text below an element, white space collapsed.
pub fn text_of(element: ElementRef<'_>) -> String {
    let mut line = String::new();
    element.text().for_each(|text| push_collapsed(&mut line, text));
    line.truncate(line.trim_end().len());
    line
}

/// The letters and digits of a text, in small letters: what is left when two texts may differ in signs and spaces.
pub fn letters(text: &str) -> String {
    // Letters hardly ever grow when they become small: room for all at once spares doubling it again and again.
    let mut letters = String::with_capacity(text.len());
    for character in text.chars().filter(|character| character.is_alphanumeric()) {
        if character.is_ascii() {
            letters.push(character.to_ascii_lowercase());
        } else {
            letters.extend(character.to_lowercase());
        }
    }
    letters
}

/// Whether an element is a heading of any level.
pub fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether an element shows a date or a time: `<time>`, or one that a script defines (`<relative-time>`, `<amp-timeago>`; HTML, custom elements).
pub fn is_time(name: &str) -> bool {
    name == "time" || name.contains('-') && (name.contains("time") || name.ends_with("-date"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_forget_signs_spaces_and_size() {
        assert_eq!(letters("The 9:15 to ÉVREUX – “late”"), "the915toévreuxlate");
        assert_eq!(letters("İstanbul ΣΊΣΥΦΟΣ 東京２"), "i\u{307}stanbulσίσυφοσ東京２");
        assert_eq!(letters(" – … "), "");
    }

    #[test]
    fn white_space_is_collapsed_wherever_it_stands() {
        let pieces = [
            "",
            " ",
            "  ",
            "a",
            " a",
            "a ",
            "plain words in a row, and more of them",
            "two  spaces   and\u{a0}none",
            "tab\tline\nfeed\r\n",
            "words of length  at eight",
            "\u{2003}em\u{3000}ideographic\u{1680}",
            "Zürich – “quoted” 东京\u{85}x",
            "ends eight  ",
            "\u{1c}kept",
        ];
        for one in pieces {
            for other in pieces {
                let mut line = String::new();
                push_collapsed(&mut line, one);
                push_collapsed(&mut line, other);
                assert!(!line.contains("  ") && !line.starts_with(' '), "{line:?}");
                let both = format!("{one}{other}");
                let words = both.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!((line.trim_end(), collapse(&both)), (words.as_str(), words.clone()), "{one:?} {other:?}");
                assert_eq!(line.ends_with(' '), !line.is_empty() && both.ends_with(char::is_whitespace), "{line:?}");
            }
        }
    }
}
