//! The language of an article, BCP 47.

use crate::extract::json_ld::JsonLd;
use crate::html::{Dom, noise};
use crate::model::Found;

/// So much text is enough to tell a language.
const SAMPLE: usize = 2_000;

/// What the page declares, else what its text is written in.
pub(super) fn find(dom: &Dom, data: &JsonLd) -> Option<Found<String>> {
    let declared = [
        (dom.survey.lang.clone(), "html lang"),
        (data.article_text("inLanguage"), "json-ld inLanguage"),
        (dom.survey.meta("og:locale").map(str::to_owned), "meta og:locale"),
        (dom.survey.meta("content-language").map(str::to_owned), "meta content-language"),
        (dom.survey.meta("language").map(str::to_owned), "meta language"),
        (dom.survey.meta("dc.language").map(str::to_owned), "meta dc.language"),
    ];
    let found = declared.into_iter().find_map(|(text, origin)| Some(Found::new(tag(&text?)?, origin)));
    found.or_else(|| guess(dom).map(|language| Found::new(language, "text")))
}

/// A well-formed tag; `en_US` becomes `en-US`.
fn tag(text: &str) -> Option<String> {
    let text = text.split([',', ';', ' ']).next()?.trim().replace('_', "-");
    let mut parts = text.split('-');
    let primary = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&primary.len())
        || !primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        || matches!(primary.as_str(), "zxx" | "und" | "mul")
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

fn guess(dom: &Dom) -> Option<String> {
    let mut sample = String::new();
    for node in dom.html.tree.nodes() {
        if let Some(text) = node.value().as_text()
            && text.trim().len() > 40
            && !node.parent().and_then(|parent| parent.value().as_element().map(noise::is_never_text)).unwrap_or(true)
        {
            sample.push_str(text);
            sample.push(' ');
        }
        if sample.len() > SAMPLE {
            break;
        }
    }
    let info = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    ISO_639.iter().find(|(three, _)| *three == info.lang().code()).map(|(_, two)| (*two).to_owned())
}

/// The two-letter codes of the languages that the detector knows by three.
const ISO_639: [(&str, &str); 46] = [
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
