//! Houses and their teams, who sign a text as people do; whether one is the site's own.

use super::name::bare;
use super::spelling::ARTICLES;
use crate::html::letters;

/// What several people of a house sign as.
const TEAMS: [&str; 3] = ["team", "staff", "editors"];

/// Whether a house's own people sign as such, who have no other name: "The Harbour Weekly Team", "Harbour staff reporter".
pub(super) fn signs(words: &[&str]) -> bool {
    [words.get(1), words.last()].into_iter().flatten().any(|word| TEAMS.contains(&bare(word).as_str()))
}

/// Whether a name has a word in capitals, as the others are not, and is a house's: "HRB News", "HRB Project Marketing".
pub(super) fn has_initials(name: &str) -> bool {
    const LETTERS: usize = 3;
    let in_capitals = |word: &str| word.chars().count() >= LETTERS && word.chars().all(char::is_uppercase);
    name.split(' ').any(in_capitals) && !name.split(' ').all(in_capitals)
}

/// What a site is called, in letters.
pub(super) struct Own {
    site: Option<String>,
    domain: String,
    /// The domain without its ending.
    core: String,
}

impl Own {
    pub(super) fn of(site: Option<&str>, domain: &str) -> Self {
        Self { site: site.map(letters), domain: letters(domain), core: letters(domain.split('.').next().unwrap_or("")) }
    }

    /// Whether a name is the site's own, or its address, or its team's.
    pub(super) fn is(&self, name: &str) -> bool {
        let name = name.trim_start_matches("www.");
        let house = without_team(name);
        self.is_called(name) || house.len() < name.len() && self.is_called(house)
    }

    fn is_called(&self, name: &str) -> bool {
        let whole = letters(name);
        let bare =
            || name.split_once(' ').filter(|(first, _)| ARTICLES.contains(&first.to_lowercase().as_str())).map(|(_, bare)| letters(bare));
        self.site.as_ref() == Some(&whole) || whole == self.domain || whole == self.core || bare().is_some_and(|bare| bare == self.core)
    }
}

/// The name of a house whose team signs.
fn without_team(name: &str) -> &str {
    name.rsplit_once(' ').filter(|(_, last)| TEAMS.contains(&bare(last).as_str())).map_or(name, |(house, _)| house)
}

/// Whether the "and" stands in the name of a house: "Centre for Rivers and Lakes".
pub(super) fn is_within(text: &str, and: &str) -> bool {
    const OF: [&str; 4] = [" of ", " for ", " für ", " pour "];
    let one_word = |after: &str| !after.trim().is_empty() && !after.trim().contains([' ', ',']);
    text.split_once(and).is_some_and(|(before, after)| OF.iter().any(|of| before.contains(of)) && one_word(after))
}

#[cfg(test)]
mod tests {
    use super::super::name::{Place, read};

    #[test]
    fn what_a_house_signs_as_stays_whole() {
        let check = |text: &str, expected: &[&str]| assert_eq!(read(text, Place::Marked), expected, "{text}");
        check("By the Harbour Weekly Team", &["the Harbour Weekly Team"]);
        check("The Weekly editors", &["The Weekly editors"]);
        check("Harbour Staff Reporter", &["Harbour Staff Reporter"]);
        check("Ana Solano Staff Writer", &["Ana Solano"]);
        check("Ana Head Senior Writer", &["Ana Head"]);
        check("Centre for Rivers and Lakes", &["Centre for Rivers and Lakes"]);
        check("Ana Solano, Centre for Rivers and Lakes", &["Ana Solano"]);
        check("Friends of Ana Solano and Luis Prado", &["Friends of Ana Solano", "Luis Prado"]);
    }
}
