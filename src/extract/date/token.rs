//! Cutting a text into numbers, words and signs, in any script's digits.

use std::ops::Range;

/// What a piece of text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number, and how many digits it was written with.
    Number(i64, usize),
    /// A word, lower case.
    Word(String),
    /// Any other sign, and the characters of East Asian dates.
    Sign(char),
}

/// A piece of text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// Most digits that are read as one number: more is an identifier, not a date.
const MAX_DIGITS: usize = 17;

/// The digit that a character stands for, in the scripts that news pages are written in.
pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    const ZEROS: [char; 12] = ['٠', '۰', '०', '০', '๐', '０', '૦', '௦', '౦', '೦', '൦', '᠐'];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|value| *value < 10))
}

fn east_asian(c: char) -> Option<i64> {
    // Most text is ASCII, and every character is asked.
    if c.is_ascii() {
        return None;
    }
    "〇一二三四五六七八九".chars().zip(0..).find(|(sign, _)| *sign == c).map(|(_, value)| value).or(match c {
        '零' => Some(0),
        _ => None,
    })
}

/// Cuts a text. Linear in its size.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some(&(start, c)) = characters.peek() {
        let mut end = start;
        let mut take = |wanted: &dyn Fn(char) -> bool| {
            while let Some((at, next)) = characters.next_if(|(_, next)| wanted(*next)) {
                end = at + next.len_utf8();
            }
            text.get(start..end).unwrap_or("")
        };
        let kind = if digit(c).is_some() {
            number(take(&|next| digit(next).is_some()))
        } else if is_numeral(c) {
            ideographs(take(&is_numeral))
        } else if is_mark(c) || !(c.is_alphabetic() || c.is_whitespace()) {
            characters.next();
            end = start + c.len_utf8();
            Kind::Sign(c)
        } else if c.is_alphabetic() {
            Kind::Word(take(&is_letter).to_lowercase())
        } else {
            characters.next();
            continue;
        };
        tokens.push(Token { kind, range: start..end });
    }
    tokens
}

fn is_numeral(c: char) -> bool {
    c == '十' || east_asian(c).is_some()
}

fn is_mark(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '號' | '号' | '時' | '时' | '點' | '点' | '分' | '秒' | '년' | '월' | '일' | '시' | '분' | '초')
}

/// Combining vowel signs (Indic, Thai) belong to their word.
fn is_letter(c: char) -> bool {
    (c.is_alphabetic() && !is_mark(c) && !is_numeral(c))
        || matches!(c, '\u{0300}'..='\u{036f}' | '\u{0900}'..='\u{0e7f}') && digit(c).is_none()
}

fn number(digits: &str) -> Kind {
    let count = digits.chars().count();
    let value = digits.chars().take(MAX_DIGITS).fold(0_i64, |sum, c| sum * 10 + i64::from(digit(c).unwrap_or(0)));
    Kind::Number(value, count)
}

/// `二〇一六` is 2016 and `二十三` is 23.
fn ideographs(signs: &str) -> Kind {
    // With the sign for ten, a number below a hundred may take three signs.
    let count = if signs.contains('十') { 2 } else { signs.chars().count() };
    let value = match signs.split_once('十') {
        Some((tens, ones)) => {
            let one = |part: &str, missing| part.chars().next().map_or(missing, |c| east_asian(c).unwrap_or(missing));
            one(tens, 1) * 10 + one(ones, 0)
        }
        None => signs.chars().take(MAX_DIGITS).fold(0_i64, |sum, c| sum * 10 + east_asian(c).unwrap_or(0)),
    };
    Kind::Number(value, count)
}
