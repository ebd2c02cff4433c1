//! Names of outlets as lines hold them: cut from what follows, split where there are several, told from persons and from words that are no name.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::is_dense;
use super::{outlets, words};

/// A name has so many words at most.
const MOST_WORDS: usize = 7;
/// And so many letters.
const LONGEST: usize = 60;
/// Those who sign with so few small letters are editors.
const LONGEST_INITIALS: usize = 4;

/// Between two names of one line.
static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\s*(?:,\s*(?:and|und|y|et|e)\s|,|;|/|、|，|\s\+\s|\s\|\s|\s(?:and|und|et|y|e|i|и|та|og|och|en|ve|și|dan|with|mit|avec|con)\s)\s*(?:(?:the|der|die|dem|la|el|l['’])\s+)?").ok()
});
/// A day behind a name: "KFF Health News November 20, 2024", "Medical Daily 9/21/2016", "News24 13 Jan 2020".
static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\s|^)(?:[^\W\d_]+\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\.?\s+[^\W\d_]+\.?,?\s+\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年|\d{1,2}:\d{2}).*$").ok()
});
/// Behind these a name ends.
static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r" \| | ｜ | · | • | ∙ |©|\.\.\.|…| - | – | — |。|作者|责任编辑|责编|编辑|記者|记者|举报|时间|参与互动|分享|发布|【|　|Artikelrechte| Updated| Published| on | under | with permission| and is | and was | and has | erschienen| veröffentlicht| publiziert").ok()
});

/// A name without what stands before and behind it.
pub(super) fn clean(text: &str) -> String {
    let end = END.as_ref().and_then(|regex| regex.find_iter(text).map(|end| end.start()).find(|at| *at > 0)).unwrap_or(text.len());
    let mut text = text.get(..end).unwrap_or(text).trim();
    if let Some(day) = DAY.as_ref().and_then(|regex| regex.find(text)).filter(|day| day.start() > 0) {
        text = text.get(..day.start()).unwrap_or(text);
    }
    // „Capital“ erschienen: the name stands in the quotation marks.
    if let Some(quoted) = quoted(text) {
        return quoted.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // "House of Reeds (Tall Music)": the name stands before the bracket.
    if let Some((before, _)) = text.split_once(['(', '（', '['])
        && before.trim().chars().count() >= 2
    {
        text = before;
    }
    let is_edge = |c: char| {
        c.is_whitespace()
            || c.is_ascii_punctuation() && !matches!(c, '&' | '!' | '?' | '+')
            || "：“”„«»–—。，（）‘’《》・；、»›→".contains(c)
    };
    text.trim_matches(is_edge).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between the quotation marks that a text begins with.
fn quoted(text: &str) -> Option<&str> {
    let open = text.chars().next().filter(|c| "„“\"«‘”»".contains(*c))?;
    let rest = text.get(open.len_utf8()..)?;
    let (inner, after) = rest.split_once(|c| "”“\"»’«".contains(c))?;
    (inner.trim().chars().count() >= 2 && !after.is_empty()).then_some(inner.trim())
}

/// A text up to a day that stands in it: "Harbour Office, 2 May 2024, Low Harbour".
pub(super) fn before_day(text: &str) -> &str {
    let day = DAY.as_ref().and_then(|regex| regex.find(text)).filter(|day| day.start() > 0);
    day.and_then(|day| text.get(..day.start())).unwrap_or(text).trim_end_matches([',', ' ', '|', '-'])
}

/// The names of a line that lists them.
pub(super) fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    let whole = clean(text);
    if outlets::is_known(&whole) {
        return vec![whole];
    }
    let Some(between) = BETWEEN.as_ref() else { return vec![whole] };
    between.split(text).map(clean).filter(|name| is_name(name)).collect()
}

/// Whether this may be the name of an outlet.
pub(super) fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let lower = name.to_lowercase();
    let least = if name.chars().any(is_dense) || outlets::is_known(name) { 2 } else { 3 };
    let sentence = lower.starts_with("special to")
        || lower.ends_with(" here")
        || name.contains(['?', '!']) && name.split_whitespace().count() > 2
        || name.contains("http")
        || name.contains(['@', ':', '：'])
        || name.contains('"')
        || name.contains(" / ");
    (least..=LONGEST).contains(&count)
        && name.split_whitespace().count() <= MOST_WORDS
        && digits <= 4
        && digits * 2 < count
        && !is_initials(name)
        && !words::is_generic(&lower)
        && !sentence
        && !is_words(name)
}

/// Several words all in small letters are part of a sentence.
fn is_words(name: &str) -> bool {
    let cased = name.chars().any(char::is_lowercase);
    cased && !name.chars().any(char::is_uppercase) && name.split_whitespace().count() > 1
}

/// The small letters with which an editor signs.
pub(super) fn is_initials(name: &str) -> bool {
    let name = name.trim().trim_matches(['.', '(', ')']);
    (1..=LONGEST_INITIALS).contains(&name.chars().count())
        && name.chars().all(|c| c.is_lowercase() && c.is_ascii_alphabetic())
        && !outlets::is_agency(name)
}

/// Whether a name begins with a capital, or its script has none.
pub(super) fn is_capitalised(name: &str) -> bool {
    name.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

/// Whether a word of the name is one that outlets use, or it looks like a domain.
pub(super) fn looks_like_outlet(name: &str) -> bool {
    let lower = name.to_lowercase();
    outlets::is_known(name)
        || lower.split(|c: char| !c.is_alphanumeric()).any(words::is_of_outlet)
        || is_domain(&lower)
        || [
            "zeitung",
            "nachrichten",
            "anzeiger",
            "tidende",
            "avisen",
            "bladet",
            "網",
            "网",
            "社",
            "報",
            "报",
            "新聞",
            "新闻",
            "일보",
            "신문",
            "뉴스",
            "방송",
        ]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// The legal name of a company: in a copyright line the owner of the site more often than of the text.
pub(super) fn is_company(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        matches!(
            word.trim_matches(['.', ',']),
            "GmbH"
                | "AG"
                | "Inc"
                | "Ltd"
                | "LLC"
                | "Limited"
                | "KG"
                | "SA"
                | "S.A"
                | "SL"
                | "Corp"
                | "Co"
                | "Group"
                | "Company"
                | "Corporation"
                | "Publishing"
                | "Publications"
                | "Holdings"
                | "Partners"
                | "Verlag"
                | "SE"
                | "BV"
        )
    })
}

/// `example.org`, without a space.
pub(super) fn is_domain(lower: &str) -> bool {
    lower.rsplit_once('.').is_some_and(|(name, end)| {
        name.chars().count() >= 2
            && (2..=6).contains(&end.len())
            && end.chars().all(|c| c.is_ascii_lowercase())
            && !lower.contains(char::is_whitespace)
    })
}

/// Two or three capitalised words without a word that outlets use.
pub(super) fn looks_like_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitalised = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase) && (word.chars().skip(1).any(char::is_lowercase) || word.ends_with('.'))
    };
    let lower = name.to_lowercase();
    let article = ["the ", "la ", "el ", "le ", "der ", "die ", "das "].iter().any(|article| lower.starts_with(article));
    // "De Havenkrant" is an outlet, "De Smet Jan" a person.
    let article = article
        || words.len() == 2 && ["de ", "het ", "il ", "den ", "det ", "les ", "los "].iter().any(|article| lower.starts_with(article));
    (2..=4).contains(&words.len()) && words.iter().all(capitalised) && !looks_like_outlet(name) && !article
}

/// What may stand behind the name of an agency in a byline: "Associated Press Writer Ana Reed", "PTI Low Harbour".
const ROLES: [&str; 17] = [
    "writer",
    "writers",
    "reporter",
    "reporters",
    "staff",
    "correspondent",
    "business",
    "sports",
    "auto",
    "science",
    "medical",
    "health",
    "military",
    "wire",
    "services",
    "newsroom",
    "news",
];

/// The agency that a byline begins with or ends in.
pub(super) fn agency_in(text: &str) -> Option<String> {
    let name = clean(text);
    if outlets::is_agency(&name) {
        return Some(name);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    for count in (1..=words.len().min(5)).rev() {
        if !words.first().is_some_and(|word| outlets::begins_agency(word)) {
            break;
        }
        let start = words.get(..count)?.join(" ");
        let next = words.get(count).map(|word| word.to_lowercase()).unwrap_or_default();
        let works = ROLES.contains(&next.trim_end_matches(','));
        // "Ap Auto Writer": titles set in capitals by a stylesheet.
        let is_agency = outlets::is_agency(&start) || works && outlets::is_agency(&start.to_uppercase());
        if is_agency && (next.is_empty() || works || matches!(next.as_str(), "in" | "aus" | "en" | "à") || is_place(&words, count, &start))
        {
            return Some(start);
        }
    }
    (1..=words.len().min(4)).rev().find_map(|count| {
        let end = words.get(words.len() - count..).filter(|end| end.first().is_some_and(|word| outlets::begins_agency(word)))?.join(" ");
        let lead = words.get(words.len().checked_sub(count + 1)?)?;
        (outlets::is_agency(&end) && is_capitalised(&end) && is_capitalised(lead)).then_some(end)
    })
}

/// "PTI Mumbai": one capitalised word more. "Petra Lind" is a person.
fn is_place(words: &[&str], count: usize, agency: &str) -> bool {
    words.len() == count + 1
        && (count > 1 || !agency.chars().any(char::is_lowercase))
        && words.last().is_some_and(|word| is_capitalised(word))
}

#[cfg(test)]
pub(super) fn check_patterns() {
    for pattern in [&BETWEEN, &DAY, &END] {
        assert!(pattern.is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_something_else_begins() {
        let check = |text: &str, expected: &str| assert_eq!(clean(text), expected, "{text}");
        check("Harbour Health News November 20, 2024", "Harbour Health News");
        check("Tide Daily 9/21/2016 Ana Reed", "Tide Daily");
        check("海港网作者：温素霞", "海港网");
        check("House of Reeds (Tall Music)", "House of Reeds");
        check("„Hafenblatt“.", "Hafenblatt");
        check("Canal 13", "Canal 13");
    }

    #[test]
    fn lists_are_split() {
        let check = |text: &str, expected: &[&str]| assert_eq!(split(text), expected, "{text}");
        check("AFP, EFE y Reuters", &["AFP", "EFE", "Reuters"]);
        check("The Associated Press", &["The Associated Press"]);
        check("APA/sda/dpa", &["APA", "sda", "dpa"]);
        check("ino/dpa", &["dpa"]);
    }

    #[test]
    fn agencies_are_told_in_bylines() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(agency_in(text).as_deref(), expected, "{text}");
        check("Associated Press Writer Ana Reed", Some("Associated Press"));
        check("Associated Press in Low Harbour", Some("Associated Press"));
        check("Ana Reed and Luis Prado The Associated Press", Some("The Associated Press"));
        check("PTI Harbour", Some("PTI"));
        check("Ap Auto Writer", Some("Ap"));
        check("Ani Reed", None);
        check("Luis Prado", None);
    }
}
