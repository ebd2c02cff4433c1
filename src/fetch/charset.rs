//! From bytes to text: BOM, then the `Content-Type` header, then the page's own declaration, then detection.
//!
//! Labels are those of the WHATWG Encoding standard. A label that the bytes contradict is not believed, and text that was encoded
//! twice before it was sent is repaired where there is no other way to read it.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use regex::bytes::Regex;

/// How far into a page its own declaration is looked for. The standard says 1024 bytes; many pages put scripts before it.
const PRESCAN_BYTES: usize = 8 << 10;
/// How much of a page is shown to the detector: it is sure long before, and its time is linear.
const DETECTION_BYTES: usize = 256 << 10;
/// A text of a multi-byte legacy encoding can be valid UTF-8 by chance for a few characters, not for this many.
const CONVINCING_SEQUENCES: usize = 8;
/// A UTF-8 text may be cut or spoilt in places: so many good sequences outweigh one bad one.
const GOOD_PER_BAD: usize = 10;
/// So many characters that only make sense as twice-encoded UTF-8 are no accident.
const CERTAIN_REPAIRS: usize = 3;

/// Decoded text, and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// The WHATWG name of its encoding.
    pub(super) encoding: &'static str,
    /// Whether it had been encoded twice.
    pub(super) repaired: bool,
}

/// Decodes a body. Never fails: what cannot be read becomes U+FFFD.
pub(super) fn decode(bytes: Vec<u8>, content_type: &str, host: &str) -> Decoded {
    let (encoding, skip) = match Encoding::for_bom(&bytes) {
        Some(found) => found,
        None => (choose(&bytes, content_type, host), 0),
    };
    if encoding == UTF_8 && skip == 0 {
        let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        return mend(text, encoding);
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or_default());
    mend(text.into_owned(), encoding)
}

fn mend(text: String, encoding: &'static Encoding) -> Decoded {
    match repair(&text) {
        Some(text) => Decoded { text, encoding: encoding.name(), repaired: true },
        None => Decoded { text, encoding: encoding.name(), repaired: false },
    }
}

/// UTF-16 without a BOM: mark-up is ASCII, so every other byte near its start is NUL.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    const ENOUGH: usize = 8;
    let start = bytes.get(..bytes.len().min(64))?;
    let nuls = |odd: usize| start.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if odd >= ENOUGH && even == 0 {
        return Some(UTF_16LE);
    }
    (even >= ENOUGH && odd == 0).then_some(UTF_16BE)
}

fn choose(bytes: &[u8], content_type: &str, host: &str) -> &'static Encoding {
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    let sequences = count_utf8(bytes);
    let labelled = header_label(content_type).or_else(|| declared(bytes));
    match labelled {
        Some(label) if label == UTF_8 => {
            if sequences.bad == 0 || sequences.good > GOOD_PER_BAD * sequences.bad {
                UTF_8
            } else {
                detect(bytes, host, false)
            }
        }
        Some(label) if label == UTF_16LE || label == UTF_16BE => {
            if looks_like_utf16(bytes).is_some() || !bytes.is_ascii() && sequences.bad > 0 { label } else { UTF_8 }
        }
        Some(label) => {
            let enough = if label.is_single_byte() { 1 } else { CONVINCING_SEQUENCES };
            // ISO-2022-JP is pure ASCII on the wire, so it has no sequences and its label stands.
            if sequences.bad == 0 && sequences.good >= enough { UTF_8 } else { label }
        }
        None => match looks_like_utf16(bytes) {
            Some(encoding) => encoding,
            None if sequences.bad == 0 && !bytes.contains(&0x1b) => UTF_8,
            None if sequences.good > GOOD_PER_BAD * sequences.bad => UTF_8,
            None => detect(bytes, host, true),
        },
    }
}

fn header_label(content_type: &str) -> Option<&'static Encoding> {
    let parameter = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })?;
    Encoding::for_label(parameter.as_bytes())
}

/// What the page says of itself, by `<?xml encoding>` or `<meta charset>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    #[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test")]
    static META: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?i-u)<meta\s[^>]{0,1000}?charset\s*=\s*["']?\s*([a-z0-9_:.+-]{2,40})"#).unwrap());
    #[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test")]
    static XML: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?-u)^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9_:.+-]{2,40})"#).unwrap());
    #[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test")]
    static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s-u)<!--.*?-->").unwrap());
    let head = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes);
    let head = COMMENT.replace_all(head, &b""[..]);
    let found = XML.captures(&head).or_else(|| META.captures(&head))?;
    let encoding = Encoding::for_label(found.get(1)?.as_bytes())?;
    // The declaration could be read as ASCII, so it is not UTF-16 (HTML standard, prescan).
    Some(match encoding.name() {
        "UTF-16LE" | "UTF-16BE" => UTF_8,
        "x-user-defined" => WINDOWS_1252,
        _ => encoding,
    })
}

fn detect(bytes: &[u8], host: &str, utf8: bool) -> &'static Encoding {
    let sample = bytes.get(..DETECTION_BYTES).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    let zone = host.rsplit('.').next().filter(|zone| zone.bytes().all(|byte| byte.is_ascii_lowercase()) && !zone.is_empty());
    detector.guess(zone.map(str::as_bytes), if utf8 { Utf8Detection::Allow } else { Utf8Detection::Deny })
}

/// UTF-16 without any label: the mark-up's ASCII leaves a zero in every other byte.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN_BYTES.min(bytes.len()))?;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    if half < 8 {
        return None;
    }
    if odd > half / 3 && even < half / 20 + 1 {
        return Some(UTF_16LE);
    }
    (even > half / 3 && odd < half / 20 + 1).then_some(UTF_16BE)
}

struct Sequences {
    good: usize,
    bad: usize,
}

/// Counts the multi-byte sequences that are valid UTF-8, and the places that are not.
fn count_utf8(bytes: &[u8]) -> Sequences {
    let begun = |bytes: &[u8]| bytes.iter().filter(|byte| **byte >= 0xc0).count();
    // Nearly every page is sound, which is asked in one quick look.
    if std::str::from_utf8(bytes).is_ok() {
        return Sequences { good: begun(bytes), bad: 0 };
    }
    let mut count = Sequences { good: 0, bad: 0 };
    for chunk in bytes.utf8_chunks() {
        count.good += begun(chunk.valid().as_bytes());
        count.bad += usize::from(!chunk.invalid().is_empty());
    }
    count
}

/// Undoes one round of "UTF-8 read as windows-1252 and encoded again", if every non-ASCII character takes part in it.
///
/// Proper text fails the test at once: an `é` of its own becomes a byte that is no UTF-8.
fn repair(text: &str) -> Option<String> {
    if !begins_as_bytes(text) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        bytes.push(to_windows_1252(c)?);
    }
    let repaired = String::from_utf8(bytes).ok()?;
    let distinct = repaired.chars().filter(|c| !c.is_ascii()).count();
    // What comes out must be text: C1 controls would mean that the input was not really encoded twice.
    let sound = repaired.chars().all(|c| !('\u{80}'..='\u{9f}').contains(&c));
    (distinct >= CERTAIN_REPAIRS && sound).then_some(repaired)
}

/// Whether the first two characters beyond ASCII stand for bytes that begin a character in UTF-8: in proper text they hardly ever do.
fn begins_as_bytes(text: &str) -> bool {
    let mut high = text.chars().skip_while(char::is_ascii).map(to_windows_1252);
    let mut next = || high.next().flatten();
    matches!((next(), next()), (Some(0xc2..=0xf4), Some(0x80..=0xbf)))
}

fn to_windows_1252(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match u32::from(c) {
        code @ (0..=0x7f | 0xa0..=0xff) => u8::try_from(code).ok(),
        _ => HIGH.iter().position(|high| *high == c).and_then(|index| u8::try_from(0x80 + index).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], content_type: &str, encoding: &str, text: &str) {
        let decoded = decode(bytes.to_vec(), content_type, "news.example");
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    }

    #[test]
    fn the_bom_comes_first() {
        check(b"\xef\xbb\xbfna\xc3\xafve", "text/html; charset=iso-8859-1", "UTF-8", "naïve");
        check(b"\xff\xfe<\0p\0>\0\xe9\0", "text/html; charset=utf-8", "UTF-16LE", "<p>é");
        check(b"\xfe\xff\0<\0p\0>\0\xe9", "", "UTF-16BE", "<p>é");
    }

    #[test]
    fn then_the_header_then_the_page() {
        check(b"na\xefve", "text/html; charset=ISO-8859-1", "windows-1252", "naïve");
        check(b"na\xefve", "text/html; Charset=\"latin1\"", "windows-1252", "naïve");
        check(b"\xb1\xe6", "text/html;charset=iso-8859-2", "ISO-8859-2", "ąć");
        let page = "<meta charset=windows-1251><p>Привет";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(page);
        check(&bytes, "text/html", "windows-1251", page);
        let page = "<META http-equiv='Content-Type' content='text/html; charset=Shift_JIS'><p>日本語";
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(page);
        check(&bytes, "text/html", "Shift_JIS", page);
        let page = "<?xml version='1.0' encoding='ISO-8859-2'?><a>ąć</a>";
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode(page);
        check(&bytes, "application/xml", "ISO-8859-2", page);
        check(
            b"<!-- <meta charset=big5> --><meta charset=latin1>\xe9",
            "text/html",
            "windows-1252",
            "<!-- <meta charset=big5> --><meta charset=latin1>é",
        );
    }

    #[test]
    fn wrong_labels_are_survived() {
        check("naïve café".as_bytes(), "text/html; charset=iso-8859-1", "UTF-8", "naïve café");
        check("<meta charset=utf-16>é".as_bytes(), "", "UTF-8", "<meta charset=utf-16>é");
        check("plain".as_bytes(), "text/html; charset=utf-16", "UTF-8", "plain");
        check("naïve".as_bytes(), "text/html; charset=nonsense", "UTF-8", "naïve");
        let page = "<p>Le président a déclaré que l'économie française était très forte cet été, à Évian où il passait.";
        let (bytes, ..) = WINDOWS_1252.encode(page);
        check(&bytes, "text/html; charset=utf-8", "windows-1252", page);
    }

    #[test]
    fn a_spoilt_place_does_not_spoil_the_page() {
        let mut bytes = "é".repeat(40).into_bytes();
        bytes.push(0xff);
        check(&bytes, "text/html; charset=utf-8", "UTF-8", &("é".repeat(40) + "\u{fffd}"));
        check(&bytes, "", "UTF-8", &("é".repeat(40) + "\u{fffd}"));
    }

    #[test]
    fn what_says_nothing_is_detected() {
        let page = "<html><body><p>Сегодня в городе открылась новая библиотека, сообщает местная газета.</p>";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(page);
        check(&bytes, "text/html", "windows-1251", page);
        let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let ascii = "<html><body><p>plain words in sixteen bits";
        check(&ascii.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), "", "UTF-16BE", ascii);
        assert_eq!(decode(utf16, "text/html; charset=utf-16le", "").text, page);
        check(b"", "", "UTF-8", "");
    }

    #[test]
    fn text_encoded_twice_is_repaired_when_certain() {
        let twice =
            |text: &str| text.bytes().map(|byte| WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned()).collect::<String>();
        for text in ["naïve café, très bien", "“quoted” – and more…", "Łódź żółć"] {
            assert_eq!(repair(&twice(text)).as_deref(), Some(text));
        }
        for text in ["naïve café, très bien", "Ã©", "“quoted” – and more…", "日本語", "plain", &(twice("café é è") + "é")]
        {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
