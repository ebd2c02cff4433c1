//! The language of an article, BCP 47.

use super::first_of;
use crate::extract::json_ld::JsonLd;
use crate::html::{Dom, noise};
use crate::model::{Candidate, Found};

/// So much text is enough to tell a language.
const SAMPLE: usize = 2_000;

/// Shorter pieces of text are names and labels.
const LONG: usize = 40;

/// English that has fewer of its commonest words than one in so many is another language.
const COMMON_ONE_IN: usize = 20;
/// Fewer words tell nothing.
const FEWEST_WORDS: usize = 60;

/// What the page declares, else what its text is written in. Templates come in English, so "English" is believed only of a text that may be.
pub(super) fn find(dom: &Dom, data: &JsonLd, candidates: Option<&mut Vec<Candidate>>) -> Option<Found<String>> {
    let metas = ["og:locale", "content-language", "language", "dc.language"].into_iter();
    let told = std::iter::once((dom.survey.lang.clone(), "html lang".to_owned()))
        .chain(std::iter::once_with(|| (data.article_text("inLanguage"), "json-ld inLanguage".to_owned())))
        .chain(metas.map(|key| (dom.survey.meta(key).map(str::to_owned), format!("meta {key}"))))
        .filter_map(|(text, origin)| Some((tag(&text?)?, origin)));
    let declared = first_of("language", told, candidates);
    let is_english = declared.as_ref().is_some_and(|found| found.value.starts_with("en"));
    if declared.is_some() && !is_english {
        return declared;
    }
    let sample = sample(dom);
    if declared.is_some() && may_be_english(&sample) {
        return declared;
    }
    guess(&sample).map(|language| Found::new(language, "text")).or(declared)
}

fn may_be_english(sample: &str) -> bool {
    const COMMON: [&str; 12] = ["the", "of", "and", "to", "in", "a", "is", "for", "on", "with", "you", "that"];
    let (mut words, mut common) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        common += usize::from(COMMON.iter().any(|one| word.eq_ignore_ascii_case(one)));
    }
    words < FEWEST_WORDS || common * COMMON_ONE_IN >= words
}

/// A well-formed tag; `en_US` becomes `en-US`.
fn tag(text: &str) -> Option<String> {
    let text = text.split([',', ';', ' ']).next()?.trim().replace('_', "-");
    let mut parts = text.split('-');
    let primary = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&primary.len())
        || !primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        // "utf-8" stands where a language should more often than one would think.
        || matches!(primary.as_str(), "zxx" | "und" | "mul" | "utf")
    {
        return None;
    }
    let rest: Vec<String> = parts
        .map_while(|part| match part.len() {
            2 if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => Some(part.to_ascii_uppercase()),
            3 if part.bytes().all(|byte| byte.is_ascii_digit()) => Some(part.to_owned()),
            4 if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                let (first, rest) = part.split_at(1);
                Some(first.to_ascii_uppercase() + &rest.to_ascii_lowercase())
            }
            _ => None,
        })
        .take(2)
        .collect();
    Some(if rest.is_empty() { primary } else { format!("{primary}-{}", rest.join("-")) })
}

/// The first long pieces of text.
fn sample(dom: &Dom) -> String {
    let mut sample = String::new();
    for node in dom.html.tree.nodes() {
        if let Some(text) = node.value().as_text()
            && text.len() > LONG
            && text.trim().len() > LONG
            && !node.parent().and_then(|parent| parent.value().as_element().map(noise::is_never_text)).unwrap_or(true)
        {
            sample.extend(text.chars().take(SAMPLE));
            sample.push(' ');
        }
        if sample.len() > SAMPLE {
            break;
        }
    }
    sample
}

fn guess(sample: &str) -> Option<String> {
    let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    ISO_639.iter().find(|(three, _)| *three == info.lang().code()).map(|(_, two)| (*two).to_owned())
}

/// The two-letter codes of the languages that the detector knows by three.
const ISO_639: [(&str, &str); 49] = [
    ("zul", "zu"),
    ("afr", "af"),
    ("kat", "ka"),
    ("eng", "en"),
    ("spa", "es"),
    ("por", "pt"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ita", "it"),
    ("nld", "nl"),
    ("rus", "ru"),
    ("ukr", "uk"),
    ("pol", "pl"),
    ("ces", "cs"),
    ("slk", "sk"),
    ("hun", "hu"),
    ("ron", "ro"),
    ("bul", "bg"),
    ("srp", "sr"),
    ("hrv", "hr"),
    ("slv", "sl"),
    ("ell", "el"),
    ("tur", "tr"),
    ("ara", "ar"),
    ("heb", "he"),
    ("pes", "fa"),
    ("urd", "ur"),
    ("hin", "hi"),
    ("ben", "bn"),
    ("tam", "ta"),
    ("tel", "te"),
    ("mar", "mr"),
    ("guj", "gu"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("cmn", "zh"),
    ("tha", "th"),
    ("vie", "vi"),
    ("ind", "id"),
    ("swe", "sv"),
    ("dan", "da"),
    ("nob", "nb"),
    ("fin", "fi"),
    ("est", "et"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("cat", "ca"),
    ("bel", "be"),
    ("aze", "az"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_well_formed() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(tag(text).as_deref(), expected, "{text}");
        check("en_us", Some("en-US"));
        check("zh-hans-cn", Some("zh-Hans-CN"));
        check("de, at", Some("de"));
        check("english", None);
        check("", None);
    }
}
