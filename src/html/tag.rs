//! Where a tag ends: quoted values may hold `>` (HTML standard, sections 13.2.5.32 to 13.2.5.40).

/// A tag of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TagEnd {
    /// After its `>`, or where the text ends.
    pub(super) end: usize,
    /// Where the attribute begins that is one too many.
    pub(super) crowded: Option<usize>,
}

/// Reads a tag from within its name on; `most` attributes are not too many.
pub(super) fn read(text: &[u8], at: usize, most: usize) -> TagEnd {
    let mut reader = Reader { text, at };
    reader.skip_to(SPACE | SLASH | GREATER);
    let (mut count, mut crowded) = (0, None);
    loop {
        reader.skip(SPACE | SLASH);
        match reader.next() {
            None => return TagEnd { end: text.len(), crowded },
            Some(b'>') => return TagEnd { end: reader.at + 1, crowded },
            Some(_) => {
                count += 1;
                if count == most + 1 {
                    crowded = Some(reader.at);
                }
                reader.attribute();
            }
        }
    }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Goes on to the next byte of these kinds.
    fn skip_to(&mut self, kinds: u8) {
        while self.next().is_some_and(|byte| kind(byte) & kinds == 0) {
            self.at += 1;
        }
    }

    /// Goes on past the bytes of these kinds.
    fn skip(&mut self, kinds: u8) {
        while self.next().is_some_and(|byte| kind(byte) & kinds != 0) {
            self.at += 1;
        }
    }

    /// Reads a name and its value; `=` may begin a name.
    fn attribute(&mut self) {
        self.at += 1;
        self.skip_to(SPACE | SLASH | GREATER | EQUALS);
        self.skip(SPACE);
        if self.next() != Some(b'=') {
            return;
        }
        self.at += 1;
        self.skip(SPACE);
        match self.next() {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = self.text.get(self.at + 1..).unwrap_or_default();
                self.at = memchr::memchr(quote, rest).map_or(self.text.len(), |length| self.at + length + 2);
            }
            _ => self.skip_to(SPACE | GREATER),
        }
    }
}

const SPACE: u8 = 1;
const SLASH: u8 = 2;
const GREATER: u8 = 4;
const EQUALS: u8 = 8;

/// Every byte of every tag is asked for: a table is the quickest.
fn kind(byte: u8) -> u8 {
    const KINDS: [u8; 256] = {
        let mut kinds = [0; 256];
        let mut at = 0;
        while at < kinds.len() {
            kinds[at] = match at as u8 {
                b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' => SPACE,
                b'/' => SLASH,
                b'>' => GREATER,
                b'=' => EQUALS,
                _ => 0,
            };
            at += 1;
        }
        kinds
    };
    KINDS[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_where_the_parser_ends_it() {
        for (tag, rest) in [
            ("<p>", "a>"),
            ("<p a=\">\" b='>' c>", "\">"),
            ("<p =\">", "\"a>"),
            ("<p =\" a=\">\">", "b>"),
            ("<p\"=\">", "\">"),
            ("<p a\"=b>", "\">"),
            ("<p a=b\">", "\">"),
            ("<p a = \n \">\"b=c/>", ">"),
            ("<p a=>", "b>"),
            ("<p a= >", "b>"),
            ("<x-y:z a/b/=c/>", ">"),
            ("<p a='>", ""),
            ("<p a", ""),
            ("</p a='>'>", ">"),
        ] {
            let text = format!("{tag}{rest}");
            assert_eq!(read(text.as_bytes(), 2, 9), TagEnd { end: tag.len(), crowded: None }, "{text}");
            let parsed = scraper::Html::parse_document(&format!("<b>{text}"));
            let shown: String = parsed.root_element().text().collect();
            assert_eq!(shown, rest, "what the parser says of {text}");
        }
    }

    #[test]
    fn the_attribute_that_is_one_too_many_is_known() {
        let tag = "<p a b = c d='e f g' h>";
        assert_eq!(read(tag.as_bytes(), 2, 3).crowded, tag.find('h'));
        assert_eq!(read(tag.as_bytes(), 2, 4).crowded, None);
    }
}
