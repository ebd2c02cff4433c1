//! What stands before a name: "By", "Author:", "Posted on 3 May by".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::dated;
use super::wording::{BY, LEADS, LEADS_OR_PARTICLES, LEADS_WITH_COLON, LEADS_WITHOUT_SPACE, PICTURES, POSTED, Phrases, TEXTS};

/// In bytes: "Texto y fotografías" and its like.
const LONGEST_TEXT_LABEL: usize = 48;

/// Whether a text is nothing but words that announce a name.
pub(super) fn is_lead(text: &str) -> bool {
    let text = text.trim().trim_end_matches([':', '：']).trim_end().to_lowercase();
    let text = ["(s)", "(in)", "(en)", "(e)", "(es)"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(&text);
    LEADS.contains(&text)
        || matches!(text, "του" | "της" | "των")
        || LEADS_WITHOUT_SPACE.contains(&text)
        || text.starts_with("posted") && text.ends_with(" by")
        || dated::leads_to_name(text)
}

/// Whether a text begins with a word that stands before things and places as often as before people.
pub(super) fn is_about(text: &str) -> bool {
    let text = text.to_lowercase();
    ["about", "more about", "more from", "read more from", "mehr über", "mehr von", "more by"].iter().any(|lead| text.starts_with(lead))
}

/// Leads by their first two letters, in their order: hardly any text begins as one does.
struct ByLetters(FxHashMap<[char; 2], Vec<&'static str>>);

static BY_LETTERS: LazyLock<ByLetters> = LazyLock::new(|| ByLetters::of(&LEADS));
static WITH_COLON_BY_LETTERS: LazyLock<ByLetters> = LazyLock::new(|| ByLetters::of(&LEADS_WITH_COLON));
static WITHOUT_SPACE_BY_LETTERS: LazyLock<ByLetters> = LazyLock::new(|| ByLetters::of(&LEADS_WITHOUT_SPACE));

impl ByLetters {
    fn of(leads: &Phrases) -> Self {
        let mut by_letters: FxHashMap<[char; 2], Vec<&str>> = FxHashMap::default();
        for lead in leads.iter() {
            by_letters.entry(letters(lead)).or_default().push(lead);
        }
        Self(by_letters)
    }

    /// Those that a text begins with, whose first letters are these.
    fn begin<'a>(&'a self, text: &'a str, [first, second]: [char; 2]) -> impl Iterator<Item = &'static str> + 'a {
        let keys = [[first, second], [first, '\0']];
        keys.into_iter().filter_map(|key| self.0.get(&key)).flatten().copied().filter(|lead| begins_small(text, lead))
    }
}

/// The first two letters of a text, in small letters.
fn letters(text: &str) -> [char; 2] {
    let mut letters = text.chars().map(|letter| letter.to_lowercase().next().unwrap_or(letter));
    [letters.next().unwrap_or_default(), letters.next().unwrap_or_default()]
}

/// Whether a text in small letters begins so.
fn begins_small(text: &str, start: &str) -> bool {
    let mut small = text.chars().flat_map(char::to_lowercase);
    start.chars().all(|wanted| small.next() == Some(wanted))
}

/// The text after its lead; `None` where it has none.
pub(super) fn after_lead(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let letters = letters(text);
    let rest = |lead: &str| text.char_indices().nth(lead.chars().count()).map_or(Some(""), |(at, _)| text.get(at..));
    for lead in BY_LETTERS.begin(text, letters) {
        let rest = rest(lead)?;
        if rest.is_empty() || rest.starts_with([' ', ':', '：', '\u{a0}']) {
            return Some(rest.trim_start_matches([' ', ':', '：', '\u{a0}']));
        }
    }
    if let Some(rest) = after_text_label(text) {
        return Some(rest);
    }
    for lead in WITH_COLON_BY_LETTERS.begin(text, letters) {
        if let Some(rest) = rest(lead)?.trim_start().strip_prefix([':', '：']) {
            return Some(rest.trim_start());
        }
    }
    for lead in WITHOUT_SPACE_BY_LETTERS.begin(text, letters) {
        if let Some(rest) = rest(lead)?.strip_prefix([':', '：', '/', '／', '|', ' ']) {
            return Some(rest.trim_start());
        }
    }
    let (first, after) = text.split_once(' ')?;
    (LEADS_OR_PARTICLES.contains(first.to_lowercase().as_str()) && after.split_whitespace().count() >= 2).then_some(after)
}

/// "Text and photos: Ana Solano" → "Ana Solano": nothing stands in the label but words for texts and pictures.
pub(super) fn after_text_label(text: &str) -> Option<&str> {
    const ANDS: [&str; 11] = ["and", "und", "et", "y", "e", "en", "och", "og", "ja", "i", "и"];
    let colon = text.bytes().take(LONGEST_TEXT_LABEL).position(|byte| byte == b':')?;
    let label = text.get(..colon)?.to_lowercase();
    let words = || label.split([' ', '&', '/', '+', ',']).filter(|word| !word.is_empty());
    let told = words().count() > 1
        && words().any(|word| TEXTS.contains(word))
        && words().all(|word| TEXTS.contains(word) || PICTURES.contains(word) || ANDS.contains(&word));
    told.then(|| text.get(colon + 1..)).flatten().map(str::trim_start)
}

/// Whether a line begins like a day: "06.11.2023 13:30 von Olga".
pub(super) fn begins_with_date(line: &str) -> bool {
    let digits = line.bytes().take(10).filter(u8::is_ascii_digit).count();
    line.starts_with(|c: char| c.is_ascii_digit()) && digits >= 6
}

/// "Posted on 3 May by Ana Solano" → "Ana Solano".
pub(super) fn after_posted(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() || !begins_with_date(line) && !POSTED.iter().any(|word| lower.starts_with(word)) {
        return None;
    }
    // What follows a second "by" did something else: "Written by Ana Solano, edited by Luis Prado".
    BY.iter().filter_map(|by| lower.find(by).map(|at| (at, at + by.len()))).min().and_then(|(_, end)| line.get(end..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_announce_who_wrote() {
        for label in [
            "Text and photos:",
            "Text & Foto:",
            "Fotos und Text:",
            "Texte et photos :",
            "Teksti ja kuvat:",
            "Tekst i zdjęcia:",
            "Текст и фото:",
            "Reporter:",
            "Author(s):",
            "Reportagem:",
            "Muhabir:",
            "Szöveg:",
            "Piše:",
            "Συντάκτης:",
            "Γράφει ο",
            "Του",
            "الكاتب:",
            "خبرنگار:",
            "ผู้เขียน:",
            "Müəllif:",
            "Words and photos by",
            "Ein Interview von",
        ] {
            assert_eq!(after_lead(&format!("{label} Ana Solano")), Some("Ana Solano"), "{label}");
        }
        for text in ["Photos: Ana Solano", "Text and lakes: Ana Solano", "Reporter Ana Solano", "Editor: Ana Solano"] {
            assert_eq!(after_lead(text), None, "{text}");
        }
    }
}
