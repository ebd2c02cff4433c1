//! Strangers' text on its way to a terminal: without control characters, which could move the cursor or change the title.

/// One line.
pub(super) fn line(text: &str) -> String {
    clean(text, |character| if character == '\n' || character == '\t' { ' ' } else { character })
}

/// Several lines; line breaks stay.
pub(super) fn lines(text: &str) -> String {
    clean(text, |character| character)
}

/// One line of at most so many characters.
pub(super) fn short(text: &str, most: usize) -> String {
    let text = line(text);
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn clean(text: &str, keep: impl Fn(char) -> char) -> String {
    let direction = |character: char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(keep).filter(|&character| character == '\n' || !(character.is_control() || direction(character))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_never_reach_the_terminal() {
        assert_eq!(line("a\u{1b}[31mb\nc\u{202e}d\u{9b}e"), "a[31mb cde");
        assert_eq!(lines("a\nb\r"), "a\nb");
        assert_eq!(short("abcdef", 4), "abc…");
    }
}
