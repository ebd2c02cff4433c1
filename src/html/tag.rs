//! Where a tag ends: quoted values may hold `>` (HTML standard, sections 13.2.5.32 to 13.2.5.40).

use std::ops::Range;

/// A tag of a text.
pub(super) struct TagEnd {
    pub(super) name_end: usize,
    /// After its `>`, or where the text ends.
    pub(super) end: usize,
    /// Where the attribute begins that is one too many.
    pub(super) crowded: Option<usize>,
    /// The longest value that only programs read.
    pub(super) data: Range<usize>,
}

/// Reads a tag from its name on; `most` attributes are not too many.
pub(super) fn read(text: &[u8], at: usize, most: usize) -> TagEnd {
    let mut reader = Reader { text, at };
    reader.skip_to(SPACE | SLASH | GREATER);
    let name_end = reader.at;
    let (mut count, mut crowded, mut data) = (0, None, 0..0);
    loop {
        reader.skip(SPACE | SLASH);
        match reader.next() {
            None => return TagEnd { name_end, end: text.len(), crowded, data },
            Some(b'>') => return TagEnd { name_end, end: reader.at + 1, crowded, data },
            Some(_) => {
                count += 1;
                if count == most + 1 {
                    crowded = Some(reader.at);
                }
                let is_data = reader.is_data();
                let value = reader.attribute();
                if is_data && value.len() > data.len() {
                    data = value;
                }
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

    /// Whether a name begins that says that its value is for programs (HTML standard, section 3.2.6.6; SVG 2, section 9.3).
    fn is_data(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.starts_with(b"d") && (rest.starts_with(b"data-") || rest.starts_with(b"d="))
    }

    /// Reads a name, which may begin with `=`, and its value; where that stands, if it is quoted.
    fn attribute(&mut self) -> Range<usize> {
        self.at += 1;
        self.skip_to(SPACE | SLASH | GREATER | EQUALS);
        self.skip(SPACE);
        if self.next() != Some(b'=') {
            return 0..0;
        }
        self.at += 1;
        self.skip(SPACE);
        let Some(quote @ (b'"' | b'\'')) = self.next() else {
            self.skip_to(SPACE | GREATER);
            return 0..0;
        };
        let start = self.at + 1;
        let rest = self.text.get(start..).unwrap_or_default();
        let end = memchr::memchr(quote, rest).map_or(self.text.len(), |length| start + length);
        self.at = end + 1;
        start..end
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
            let TagEnd { end, crowded, .. } = read(text.as_bytes(), 1, 9);
            assert_eq!((end, crowded), (tag.len(), None), "{text}");
            let parsed = scraper::Html::parse_document(&format!("<b>{text}"));
            let shown: String = parsed.root_element().text().collect();
            assert_eq!(shown, rest, "what the parser says of {text}");
        }
    }

    #[test]
    fn what_only_programs_read_is_known() {
        let data = |tag: &'static str| &tag[read(tag.as_bytes(), 1, 9).data];
        assert_eq!(data("<p data-a='bc' class='defgh' data-b=\"ij'k\" data-c=lmnopqr data-d>"), "ij'k");
        assert_eq!(data("<path d='M0' title='a b c' />"), "M0");
        assert_eq!(data("<p dir='ltr' datetime='2021' data='abc' data-a='b"), "b");
        assert_eq!(data("<p data-a=>'b'"), "");
    }

    #[test]
    fn the_attribute_that_is_one_too_many_is_known() {
        let tag = "<p a b = c d='e f g' h>";
        assert_eq!(read(tag.as_bytes(), 1, 3).crowded, tag.find('h'));
        assert_eq!(read(tag.as_bytes(), 1, 4).crowded, None);
        assert_eq!(read("<x-Y1:z/a>".as_bytes(), 1, 4).name_end, 7);
    }
}
