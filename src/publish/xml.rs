//! The rules of text in feeds: legal characters, ASCII addresses, and corrections that the feed crates cannot make themselves.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::url::Url;

/// Leaves only characters that XML 1.0 (section 2.2) allows and validators accept: no C0 and C1 controls, no U+FFFD, no non-characters.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_legal) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|&character| is_legal(character)).collect())
}

/// One line of legal text without controls of writing direction: they would turn round what a reader puts after a title.
pub(super) fn line(text: &str) -> String {
    let kept: String = text.chars().filter(|&character| is_legal(character) && !is_direction_control(character)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_legal(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}' | '\u{fdd0}'..='\u{fdef}' => false,
        other => u32::from(other) & 0xfffe != 0xfffe,
    }
}

fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An address in the characters that RFC 3986 allows: the WHATWG form leaves some that feed validators refuse.
pub(super) fn ascii_url(url: &Url) -> String {
    let text = url.as_str();
    let path_start = text.find("://").and_then(|at| text[at + 3..].find('/').map(|slash| at + 3 + slash)).unwrap_or(text.len());
    let (authority, rest) = text.split_at(path_start);
    let mut out = String::with_capacity(text.len());
    out.push_str(authority);
    for character in rest.chars() {
        match character {
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' | ' ' => {
                out.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out
}

/// Escapes text for an attribute or an element, for the places where a crate writes it raw.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in legal(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// What the crates' output lacks, put in while the events of the document pass by.
#[derive(Debug, Default)]
pub(super) struct Corrections<'a> {
    /// Write `&` and `<` of titles as hexadecimal references: some RSS readers unescape titles twice.
    pub(super) hex_titles: bool,
    /// `xml:lang` for the n-th Atom entry.
    pub(super) entry_languages: &'a [Option<String>],
    /// Mark the document as an archive (RFC 5005): written before the first entry or item, as the grammar wants.
    pub(super) archive: bool,
}

/// Passes a document through the corrections.
pub(super) fn correct(document: &str, corrections: &Corrections<'_>) -> Result<Vec<u8>, quick_xml::Error> {
    let mut reader = Reader::from_str(document);
    let mut writer = Writer::new(Vec::with_capacity(document.len() + 256));
    let mut state = State { in_title: false, entries: 0, archive_due: corrections.archive };
    loop {
        let event = reader.read_event()?;
        if matches!(event, Event::Eof) {
            break;
        }
        state.pass(event, corrections, &mut writer)?;
    }
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

struct State {
    in_title: bool,
    entries: usize,
    archive_due: bool,
}

impl State {
    fn pass(&mut self, event: Event<'_>, corrections: &Corrections<'_>, writer: &mut Writer<Vec<u8>>) -> Result<(), quick_xml::Error> {
        match event {
            Event::Start(start) => {
                let start = self.start(start, corrections, writer)?;
                writer.write_event(Event::Start(start))?;
            }
            Event::End(end) => {
                if end.name().as_ref() == "title" {
                    self.in_title = false;
                }
                if matches!(end.name().as_ref(), "feed" | "channel") {
                    self.mark_archive(writer)?;
                }
                writer.write_event(Event::End(end))?;
            }
            Event::GeneralRef(reference) if self.in_title && corrections.hex_titles => {
                let name = match reference.as_ref() {
                    "amp" => "#x26",
                    "lt" => "#x3C",
                    "gt" => "#x3E",
                    _ => return Ok(writer.write_event(Event::GeneralRef(reference))?),
                };
                writer.write_event(Event::GeneralRef(BytesRef::new(name)))?;
            }
            other => writer.write_event(other)?,
        }
        Ok(())
    }

    fn start<'e>(
        &mut self,
        mut start: BytesStart<'e>,
        corrections: &Corrections<'_>,
        writer: &mut Writer<Vec<u8>>,
    ) -> Result<BytesStart<'e>, quick_xml::Error> {
        match start.name().as_ref() {
            "title" => self.in_title = true,
            "item" => self.mark_archive(writer)?,
            "entry" => {
                self.mark_archive(writer)?;
                if let Some(Some(language)) = corrections.entry_languages.get(self.entries) {
                    start.push_attribute(("xml:lang", language.as_str()));
                }
                self.entries += 1;
            }
            _ => {}
        }
        Ok(start)
    }

    fn mark_archive(&mut self, writer: &mut Writer<Vec<u8>>) -> Result<(), quick_xml::Error> {
        if std::mem::take(&mut self.archive_due) {
            writer.write_event(Event::Empty(BytesStart::new("fh:archive")))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_reach_a_feed() {
        assert_eq!(legal("a\u{0}b\u{b}c\u{85}d\u{fffd}e\u{ffff}f\u{1f600}"), "abcdef\u{1f600}");
        assert_eq!(line(" a\u{202e}b\n c "), "ab c");
    }

    #[test]
    fn addresses_are_ascii_and_brackets_are_escaped_only_after_the_host() {
        let check = |url: &str, expected: &str| assert_eq!(ascii_url(&Url::parse(url).unwrap()), expected);
        check("http://[::1]/a[1]|b?c={d}^`", "http://[::1]/a%5B1%5D%7Cb?c=%7Bd%7D%5E%60");
        check("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b");
        check("https://example.org", "https://example.org/");
    }

    #[test]
    fn titles_are_written_with_hexadecimal_references_and_bodies_are_not() {
        let corrections = Corrections { hex_titles: true, ..Corrections::default() };
        let out = correct("<rss><title>a &amp; b &lt;c&gt;</title><x>&amp;</x></rss>", &corrections).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "<rss><title>a &#x26; b &#x3C;c&#x3E;</title><x>&amp;</x></rss>\n");
    }

    #[test]
    fn archives_are_marked_before_the_first_entry() {
        let languages = [Some("es".to_owned())];
        let corrections = Corrections { archive: true, entry_languages: &languages, ..Corrections::default() };
        let out = correct("<feed><id>x</id><entry/><entry></entry></feed>", &corrections).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "<feed><id>x</id><entry/><fh:archive/><entry xml:lang=\"es\"></entry></feed>\n");
    }
}
