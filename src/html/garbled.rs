//! Text that was encoded twice: "itâ€™s" for "it’s".
//!
//! A system that takes UTF-8 for Latin-1 (or for Windows-1252) and writes it as UTF-8 again makes two or three letters of each that is not ASCII. Browsers show
//! them so; a reader of a feed has no use for them.

use std::borrow::Cow;

use memchr::memmem;

/// What the quotation marks and dashes of any such text begin with, in either of the two sets. Nobody writes it: the second is a control character, and no word
/// ends in the first.
const SIGNS: [&str; 2] = ["\u{e2}\u{80}", "\u{e2}\u{20ac}"];

/// What Windows-1252 has at 0x80 to 0x9F; nothing at five places, where the control character itself stands.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];
/// UTF-8 takes no more bytes for a letter.
const MOST_BYTES: usize = 4;

/// The text as it was before it was encoded for the second time. Most texts were not.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    if SIGNS.iter().all(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut left = text;
    while let Some(next) = left.chars().next() {
        let (letter, length) = letter(left).unwrap_or((next, next.len_utf8()));
        out.push(letter);
        left = left.get(length..).unwrap_or("");
    }
    Cow::Owned(out)
}

/// The letter whose bytes stand at the beginning of a text as letters of their own, and how much of the text they take.
fn letter(text: &str) -> Option<(char, usize)> {
    let mut letters = text.chars();
    let first = letters.next().filter(|letter| ('\u{c2}'..='\u{f4}').contains(letter))?;
    let (mut bytes, mut length) = (vec![byte(first)?], first.len_utf8());
    for following in letters.take(MOST_BYTES - 1) {
        bytes.push(byte(following).filter(|byte| (0x80..=0xbf).contains(byte))?);
        length += following.len_utf8();
        if let Ok(read) = std::str::from_utf8(&bytes) {
            return Some((read.chars().next()?, length));
        }
    }
    None
}

fn byte(letter: char) -> Option<u8> {
    u8::try_from(u32::from(letter)).ok().or_else(|| {
        let place = WINDOWS.iter().position(|other| *other == letter)?;
        u8::try_from(0x80 + place).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as a system writes that takes its bytes for Latin-1.
    fn garbled(text: &str) -> String {
        text.bytes().map(char::from).collect()
    }

    #[test]
    fn what_was_encoded_twice_is_read() {
        for text in ["It’s the harbour’s — “first” — café…", "Überfähre 東京 “1”", "’"] {
            assert_eq!(mended(&garbled(text)), text);
        }
        assert_eq!(mended("Itâ€™s a cafÃ© â€“ â€œopenâ€\u{9d}"), "It’s a café – “open”");
        // Of a page, a part may be as it should.
        assert_eq!(mended("“Café” â€“ cafÃ©"), "“Café” – café");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "Château, âge, Ã©", "pâ", "“Café” – 東京", "â€", "\u{e2}\u{80}", "â€x"] {
            assert_eq!(mended(text), text, "{text}");
        }
    }
}
