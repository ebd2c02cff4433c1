//! Years that are counted from another year than ours: 令和6年, 民國113年, Thai years of two digits.

use std::ops::RangeInclusive;

use super::parse::BUDDHIST;
use super::token::{Kind, Token};

/// Names of eras, and the year before their first.
const ERAS: [(&str, i64); 6] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("民國", BEFORE_THE_REPUBLIC),
    ("民国", BEFORE_THE_REPUBLIC),
    ("中華民國", BEFORE_THE_REPUBLIC),
];
/// The year before the first of the Republic of China.
const BEFORE_THE_REPUBLIC: i64 = 1911;
/// How the first year of an era is written.
const FIRST: char = '元';

/// The year of an era that begins at a token, and the token of its number: of the name, where that ends with the sign for its first year.
pub(super) fn year(tokens: &[Token], at: usize, word: &str) -> Option<(i64, usize)> {
    let (_, before) = ERAS.iter().find(|(name, _)| word.strip_suffix(FIRST).unwrap_or(word) == *name)?;
    if word.ends_with(FIRST) {
        return Some((before + 1, at));
    }
    let Kind::Number(value, 1..=3) = tokens.get(at + 1)?.kind else { return None };
    Some((before + value, at + 1))
}

/// Years of the Republic of China that the web has seen: 1991 to 2061.
const REPUBLIC: RangeInclusive<i64> = 80..=150;

/// The year of three digits that begins a date in Taiwan: "113-07-04".
pub(super) fn of_the_republic(value: i64, language: &str) -> Option<i64> {
    let language = language.to_ascii_lowercase();
    let is_of_taiwan = matches!(language.as_str(), "zh-tw" | "zh_tw") || language.starts_with("zh-hant");
    (is_of_taiwan && REPUBLIC.contains(&value)).then_some(BEFORE_THE_REPUBLIC + value)
}

/// The first Thai year of two digits that is read: 2000.
const FIRST_SHORT: i64 = 43;

/// The year of two digits after a month in Thai letters: "4 ก.ค. 67" is of 2567.
pub(super) fn buddhist(tokens: &[Token], at_month: usize, value: i64, digits: usize) -> Option<i64> {
    let Kind::Word(month) = &tokens.get(at_month)?.kind else { return None };
    let is_thai = month.starts_with(|c| ('\u{0e00}'..='\u{0e7f}').contains(&c));
    (is_thai && digits == 2 && value >= FIRST_SHORT).then_some(2500 + value - BUDDHIST)
}
