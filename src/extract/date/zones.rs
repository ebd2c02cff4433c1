//! Zones whose clock changes in summer, as rules and not as a table of the past: the same input gives the same output on every machine.

use jiff::tz::TimeZone;

use super::token::{Kind, Token};

/// A region of North America that is named without its season: "9:05 AM ET".
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Region {
    Eastern,
    Central,
    Mountain,
    Pacific,
}

impl Region {
    /// The region named at a token, and the token after it: "ET", "E.T.".
    pub(super) fn at(tokens: &[Token], at: usize) -> Option<(Self, usize)> {
        let kind = |index: usize| tokens.get(index).map(|token| &token.kind);
        let Some(Kind::Word(word)) = kind(at) else { return None };
        if let (Some(Kind::Sign('.')), Some(Kind::Word(t))) = (kind(at + 1), kind(at + 2))
            && t == "t"
        {
            let next = at + 3 + usize::from(kind(at + 3) == Some(&Kind::Sign('.')));
            return Self::named(&format!("{word}t")).map(|region| (region, next));
        }
        Self::named(word).map(|region| (region, at + 1))
    }

    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "et" => Self::Eastern,
            "ct" => Self::Central,
            "mt" => Self::Mountain,
            "pt" => Self::Pacific,
            _ => return None,
        })
    }

    /// Its zone, with the rule of summer time that holds since 2007.
    pub(super) fn zone(self) -> Option<TimeZone> {
        let rule = match self {
            Self::Eastern => "EST5EDT,M3.2.0,M11.1.0",
            Self::Central => "CST6CDT,M3.2.0,M11.1.0",
            Self::Mountain => "MST7MDT,M3.2.0,M11.1.0",
            Self::Pacific => "PST8PDT,M3.2.0,M11.1.0",
        };
        TimeZone::posix(rule).ok()
    }
}

/// Greenwich and British or Irish summer time, the rule of 1996 and later, as for all of Europe.
const WESTERN: &str = "GMT0BST,M3.5.0/1,M10.5.0";
/// One hour ahead of Greenwich, in summer two.
const CENTRAL: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
/// Two hours ahead of Greenwich, in summer three.
const EASTERN: &str = "EET-2EEST,M3.5.0/3,M10.5.0/4";

/// Countries with one zone, by the last part of their hosts. Left out are those with several (Spain and Portugal have islands, Russia, Brazil, Mexico …), those
/// that changed their rule of late, and ends of hosts that are sold as words (`.me`, `.tv`, `.co`, `.rs`).
const COUNTRIES: [(&str, &str); 5] = [
    (WESTERN, "uk ie"),
    (CENTRAL, "de fr it nl be lu at ch li dk se no pl cz sk hu si hr mk al mt"),
    (EASTERN, "gr fi ee lv lt ro bg cy ua"),
    ("<+07>-7", "th vn"),
    ("<+08>-8", "sg my ph hk tw cn"),
];

/// Languages that are written, but for a few, in one zone.
const LANGUAGES: [(&str, &str); 10] = [
    (CENTRAL, "it pl da nb nn no cs sk hu sl hr sq de nl sv"),
    (EASTERN, "el fi et lv lt ro bg uk"),
    ("<+09>-9", "ja ko"),
    ("<+08>-8", "zh"),
    ("<+07>-7", "th vi"),
    ("<+0545>-5:45", "ne"),
    ("<+0530>-5:30", "hi ta te mr gu"),
    ("<+04>-4", "ka"),
    ("<+03>-3", "tr"),
    ("GMT0", "is"),
];

/// Countries whose pages are written in English: elsewhere, one in English may be meant for readers anywhere.
const ENGLISH: [&str; 8] = ["uk", "ie", "sg", "my", "ph", "mt", "hk", "cy"];

/// The zone of times without one on the pages of a host in a language, where country or language leaves no choice.
pub(super) fn zone_of(host: &str, language: &str) -> Option<TimeZone> {
    of_host(host, language).or_else(|| of_language(language))
}

/// Whether a language is spoken, but for a few, where the clock is one hour ahead of Greenwich: also in French, which gives no zone by itself.
pub(super) fn is_central_european(language: &str) -> bool {
    let primary = primary(language);
    !is_abroad(language)
        && (primary == "fr" || LANGUAGES.iter().any(|(rule, names)| *rule == CENTRAL && names.split(' ').any(|name| name == primary)))
}

/// The zone of a host's country, where it has but one.
fn of_host(host: &str, language: &str) -> Option<TimeZone> {
    let country = host.rsplit('.').next().filter(|country| country.len() == 2)?;
    let is_english = language.is_empty() || primary(language) == "en";
    if is_english && !ENGLISH.contains(&country) {
        return None;
    }
    zone_in(&COUNTRIES, country)
}

/// The zone of a language, where nearly all that is written in it is of one.
fn of_language(language: &str) -> Option<TimeZone> {
    if is_abroad(language) { None } else { zone_in(&LANGUAGES, &primary(language)) }
}

/// Whether a region says that a language is written far from where it is at home: "de-US".
fn is_abroad(language: &str) -> bool {
    const ABROAD: [&str; 6] = ["US", "CA", "GB", "AU", "BR", "AR"];
    let region = language.split(['-', '_']).nth(1).unwrap_or("");
    ABROAD.iter().any(|country| region.eq_ignore_ascii_case(country))
}

fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase()
}

fn zone_in(table: &[(&str, &str)], name: &str) -> Option<TimeZone> {
    let (rule, _) = table.iter().find(|(_, names)| names.split(' ').any(|known| known == name))?;
    TimeZone::posix(rule).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::date::parse;

    #[test]
    fn some_hosts_and_languages_have_one_zone() {
        let check = |host: &str, language: &str, expected: &str| {
            let zone = zone_of(host, language).unwrap_or(TimeZone::UTC);
            assert_eq!(parse("2019-04-19 20:00", language, &zone).map(|when| when.to_rfc3339()).as_deref(), Some(expected), "{language}");
        };
        check("", "ja", "2019-04-19T20:00:00+09:00");
        check("", "zh-TW", "2019-04-19T20:00:00+08:00");
        check("", "hi", "2019-04-19T20:00:00+05:30");
        check("", "ne", "2019-04-19T20:00:00+05:45");
        check("", "tr", "2019-04-19T20:00:00+03:00");
        check("", "is", "2019-04-19T20:00:00+00:00");
        check("", "en", "2019-04-19T20:00:00+00:00");
        check("harbourpost.fr", "fr", "2019-04-19T20:00:00+02:00");
        check("harbourpost.fr", "en", "2019-04-19T20:00:00+00:00");
        check("harbourpost.co.uk", "en-GB", "2019-04-19T20:00:00+01:00");
        check("harbourpost.gr", "el", "2019-04-19T20:00:00+03:00");
        check("harbourpost.example", "pl", "2019-04-19T20:00:00+02:00");
        check("harbourpost.example", "de-US", "2019-04-19T20:00:00+00:00");
        check("harbourpost.example", "fr", "2019-04-19T20:00:00+00:00");
        check("harbourpost.es", "es", "2019-04-19T20:00:00+00:00");
    }
}
